#include "agents/policy/instruments.hpp"

namespace latecomer {

namespace {

template <auto section, auto member>
const double& size_in(const Parameters& parameters)
{
    return (parameters.*section).*member;
}

template <auto member>
constexpr Size effect = size_in<&Parameters::effects, member>;
template <auto member>
constexpr Size cost_rate = size_in<&Parameters::government, member>;

constexpr Size whole = nullptr;
constexpr Size compliance = size_in<&Parameters::finance, &FinanceParameters::compliance_cost>;
constexpr Size localisation = size_in<&Parameters::finance, &FinanceParameters::localisation_cost>;
constexpr Size domestic_protection =
    size_in<&Parameters::data, &DataParameters::domestic_protection>;
constexpr Size foreign_protection = size_in<&Parameters::data, &DataParameters::foreign_protection>;
constexpr Size localisation_loss =
    size_in<&Parameters::learning, &LearningParameters::localisation_loss>;

using E = EffectParameters;
using G = GovernmentParameters;

std::vector<Effect> trains()
{
    return {{&Levers::training, Scope::country, Shape::add, whole}};
}
std::vector<Cost> costs_training()
{
    return {{CostBase::demand, cost_rate<&G::training_cost>}};
}
std::vector<Cost> costs_administration()
{
    return {{CostBase::administration, cost_rate<&G::administration_cost>}};
}

std::vector<Instrument> collection_rows()
{
    return {
        {"data_standards", "1K", Stage::collection, Orientation::skills, Tool::industrial, false,
         trains(), costs_training(), "Internet of things and integration; standards, data sets",
         "Trains skills at collection.",
         "Skills that nobody needs at home drain to countries ahead.",
         "rate of training assumed; drain 2-8 % of skilled workers a year"},
        {"data_sharing",
         "1L",
         Stage::collection,
         Orientation::local,
         Tool::data,
         true,
         {{&Levers::commons_gain, Scope::applications, Shape::add, whole}},
         costs_administration(),
         "Rules and schemes for sharing data, by sector",
         "More of the data that are kept or localised reach the commons of domestic firms.",
         "Helps only firms that collect well enough to use what is shared.",
         "assumed"},
        {"data_protection",
         "1X",
         Stage::collection,
         Orientation::external,
         Tool::data,
         false,
         {{&Levers::domestic_capture, Scope::country, Shape::reduce, domestic_protection},
          {&Levers::foreign_capture, Scope::country, Shape::reduce, foreign_protection},
          {&Levers::lead_wedge, Scope::collection, Shape::divide, effect<&E::wedge_protection>},
          {&Levers::adoption, Scope::country, Shape::hump, effect<&E::adoption_trust>},
          {&Levers::entry, Scope::collection, Shape::reduce, effect<&E::entry_protection>},
          {&Levers::entry, Scope::applications, Shape::reduce, effect<&E::entry_protection>},
          {&Levers::compliance_cost, Scope::country, Shape::add, compliance}},
         costs_administration(),
         "Rules for personal and non-personal data",
         "Lets sellers take less data, makes foreign collection dearer, and builds trust if "
         "moderate.",
         "Costs all sellers compliance and keeps entrants out; strict rules lose the gain of "
         "trust.",
         "-26 % data, +20 % data cost and -50 % entry under strict protection"},
        {"open_data",
         "1D",
         Stage::collection,
         Orientation::demand,
         Tool::data,
         true,
         {{&Levers::open_data, Scope::applications, Shape::add, whole}},
         {{CostBase::demand, cost_rate<&G::open_data_cost>}},
         "Opening government data",
         "Gives away government data by sector.",
         "Foreign sellers read them too, and may use them better.",
         "assumed"},
    };
}

std::vector<Instrument> storage_rows()
{
    return {
        {"infrastructure_skills", "2K", Stage::storage, Orientation::skills, Tool::industrial,
         false, trains(), costs_training(), "Distributed systems, data bases; core infrastructure",
         "Trains skills at storage.", "Skills that nobody needs at home drain to countries ahead.",
         "assumed"},
        {"infrastructure_integration",
         "2L",
         Stage::storage,
         Orientation::local,
         Tool::industrial,
         false,
         {{&Levers::storage_price, Scope::country, Shape::divide, effect<&E::storage_subsidy>},
          {&Levers::search, Scope::storage, Shape::raise, effect<&E::search_storage>},
          {&Levers::entry, Scope::storage, Shape::raise, effect<&E::entry_support>},
          {&Levers::adoption, Scope::country, Shape::add, effect<&E::adoption_infrastructure>}},
         {{CostBase::administration, cost_rate<&G::administration_cost>},
          {CostBase::search, effect<&E::search_storage>},
          {CostBase::storage_orders, effect<&E::storage_subsidy>}},
         "Integrating local firms with infrastructure",
         "Pays part of the storage that firms buy, supports search and entry at storage, spreads "
         "use.",
         "Storage of foreign clouds is paid for as well.",
         "assumed"},
        {"data_localisation",
         "2X",
         Stage::storage,
         Orientation::external,
         Tool::data,
         false,
         {{&Levers::localised_share, Scope::country, Shape::add, whole},
          {&Levers::offshore_wedge, Scope::storage, Shape::divide, effect<&E::wedge_localisation>},
          {&Levers::imported_cloud, Scope::country, Shape::reduce, localisation_loss},
          {&Levers::export_barrier, Scope::processing, Shape::raise,
           effect<&E::localisation_exports>},
          {&Levers::localisation_cost, Scope::applications, Shape::add, localisation}},
         costs_administration(),
         "Data localisation",
         "Data that foreign sellers take must stay; storage from offshore becomes dearer.",
         "Costs lead firms that sell applications, for which their homes may retaliate; weakens "
         "learning from imported cloud and hinders exports of processing.",
         "localisation costs .3-.6; the rest assumed"},
        {"storage_promotion",
         "2D",
         Stage::storage,
         Orientation::demand,
         Tool::industrial,
         false,
         {{&Levers::domestic_appeal, Scope::storage, Shape::raise, effect<&E::storage_preference>}},
         {{CostBase::demand, cost_rate<&G::promotion_cost>}},
         "Encouraging businesses to localise",
         "Makes domestic storage more appealing to buyers at home.",
         "Buyers follow the label, not the price.",
         "assumed"},
    };
}

std::vector<Instrument> analytics_rows()
{
    return {
        {"analytics_skills", "3K", Stage::analytics, Orientation::skills, Tool::industrial, false,
         trains(), costs_training(), "Data science, machine learning; libraries",
         "Trains skills at analytics.",
         "Skills that nobody needs at home drain to countries ahead.", "assumed"},
        {"analytics_laboratories",
         "3L",
         Stage::analytics,
         Orientation::local,
         Tool::industrial,
         false,
         {{&Levers::search, Scope::processing, Shape::raise, effect<&E::search_analytics>},
          {&Levers::search, Scope::analytics, Shape::raise, effect<&E::search_analytics>},
          {&Levers::analytics_absorption, Scope::country, Shape::raise,
           effect<&E::laboratory_absorption>}},
         {{CostBase::search, effect<&E::search_analytics>}},
         "Laboratories, demonstrators, projects with spillovers",
         "Supports search at analytics and what firms there absorb.",
         "Acts twice, on search and on absorption; large firms search most and get most.",
         "assumed"},
        {"processing_standards",
         "3X",
         Stage::analytics,
         Orientation::external,
         Tool::data,
         false,
         {{&Levers::absorption_range, Scope::country, Shape::raise, effect<&E::standards_range>},
          {&Levers::lead_wedge, Scope::analytics, Shape::divide, effect<&E::wedge_standards>},
          {&Levers::export_barrier, Scope::processing, Shape::reduce,
           effect<&E::standards_exports>},
          {&Levers::export_barrier, Scope::analytics, Shape::reduce, effect<&E::standards_exports>},
          {&Levers::compliance_cost, Scope::country, Shape::add, compliance}},
         costs_administration(),
         "Standards and norms for processing",
         "Widens the range of absorption, eases exports, makes foreign analytics dearer.",
         "Costs all sellers compliance.",
         "assumed"},
        {"analytics_procurement",
         "3D",
         Stage::analytics,
         Orientation::demand,
         Tool::industrial,
         false,
         {{&Levers::procurement, Scope::analytics, Shape::add, effect<&E::procurement_analytics>}},
         {{CostBase::reserved_demand, effect<&E::procurement_analytics>}},
         "Public procurement of local analytics",
         "Reserves demand for domestic analytics.",
         "Pays the price that domestic firms ask.",
         "assumed"},
    };
}

std::vector<Instrument> application_rows()
{
    return {
        {"application_skills", "4K", Stage::applications, Orientation::skills, Tool::industrial,
         false, trains(), costs_training(), "Apps, integration, services; open source",
         "Trains skills at applications.",
         "Skills that nobody needs at home drain to countries ahead.", "assumed"},
        {"application_support",
         "4L",
         Stage::applications,
         Orientation::local,
         Tool::industrial,
         true,
         {{&Levers::search, Scope::applications, Shape::raise, effect<&E::search_applications>},
          {&Levers::entry, Scope::applications, Shape::raise, effect<&E::entry_support>}},
         {{CostBase::search, effect<&E::search_applications>}},
         "Subsidies for local development",
         "Supports search and entry at applications.",
         "Without skills and suppliers upstream the gate of learning stays half shut.",
         "assumed"},
        {"application_licensing",
         "4X",
         Stage::applications,
         Orientation::external,
         Tool::data,
         true,
         {{&Levers::no_venture_wedge, Scope::applications, Shape::divide,
           effect<&E::wedge_licence>},
          {&Levers::licence_fee, Scope::applications, Shape::add, effect<&E::licence_fee>},
          {&Levers::content_floor, Scope::applications, Shape::add, effect<&E::content_floor>}},
         costs_administration(),
         "Control and licensing of apps; local content and partnership",
         "Taxes and hinders lead firms without a local partner, and reserves a least share.",
         "Acts four ways at once and invites retaliation by home governments.",
         "one observed case of retaliation; the rest assumed"},
        {"application_procurement",
         "4D",
         Stage::applications,
         Orientation::demand,
         Tool::industrial,
         true,
         {{&Levers::procurement, Scope::applications, Shape::add,
           effect<&E::procurement_applications>},
          {&Levers::adoption, Scope::country, Shape::add, effect<&E::adoption_procurement>}},
         {{CostBase::reserved_demand, effect<&E::procurement_applications>}},
         "Public procurement of local applications; demand driven by infrastructure",
         "Reserves demand for domestic applications and spreads use.",
         "Wider use feeds foreign sellers as well.",
         "assumed"},
    };
}

}  // namespace

std::vector<Instrument> instrument_rows()
{
    std::vector<Instrument> rows;
    for (const auto& more :
         {collection_rows(), storage_rows(), analytics_rows(), application_rows()}) {
        rows.insert(rows.end(), more.begin(), more.end());
    }
    return rows;
}

}  // namespace latecomer
