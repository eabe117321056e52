# latecomer.R: runs and studies of Latecomer as data frames of R.
#
#   source("analysis/latecomer.R")            # after cmake --install: PREFIX/share/latecomer/analysis/latecomer.R
#   run <- open_run("runs/first")
#   gaps <- read_series(run, "gap_by_stage")
#   firms <- read_firms(run, columns = c("revenue", "capability_analytics"), countries = "IND")
#   outcomes <- merge(read_study("studies/smoke"), read_economies("studies/smoke"), by = "economy")
#
# Needs the packages hdf5r and bit64 (Debian: r-cran-hdf5r, r-cran-bit64).  Identities of firms have 64 bits and are
# integer64 of bit64: exact, as long as fewer than 512 economies have firms.  What is wrong stops with one line.  Columns are
# those of the Python package (analysis/README.md); what a run does not know is NA.

for (needed in c("hdf5r", "bit64")) {
    if (!requireNamespace(needed, quietly = TRUE)) {
        stop("the R package '", needed, "' is missing: on Debian and Ubuntu, apt-get install r-cran-", needed, call. = FALSE)
    }
}

#' Opens a run: the path of its folder, or of its series.h5.
#'
#' @return A list: folder, name (of the scenario), finished (has it ended?), quarters (complete ones), start_year (0: no
#'   calendar), economies (a data frame, as read_economies), outputs (a data frame: output, dimensions, unit, meaning), snapshots
#'   (completed quarters of the snapshots of firms, a vector).
open_run <- function(path) {
    if (is.list(path)) {
        return(path)
    }
    file <- .opened(.file_of(path, "series.h5", "the folder of a run"), "latecomer-series", "a run")
    on.exit(file$close_all())
    folder <- if (dir.exists(path)) path else dirname(path)
    found <- list.files(file.path(folder, "firms"), "^firms_[0-9]+[.]h5$")
    names <- .with_time(file)
    outputs <- data.frame(
        output = names,
        dimensions = vapply(names, function(name) paste(.dimensions(file, name), collapse = ", "), ""),
        unit = vapply(names, function(name) .attribute(file[[name]], "units", "1"), ""),
        meaning = vapply(names, function(name) .attribute(file[[name]], "long_name", ""), ""),
        row.names = NULL, stringsAsFactors = FALSE)
    structure(list(
        folder = folder, name = .attribute(file, "scenario", "run"), finished = "state_hash" %in% hdf5r::h5attr_names(file),
        quarters = as.integer(file[["n_valid"]]$read()), start_year = as.integer(.attribute(file, "start_year", 0L)),
        economies = .economies(file), outputs = outputs,
        snapshots = sort(as.integer(gsub("[^0-9]", "", sub("[.]h5$", "", found))))), class = "latecomer_run")
}

#' Reads one output of a run, such as "gap_by_stage", in long form.
#'
#' @param run A run, or its path.
#' @return A data frame with a line for every quarter and place: time (years since the start, at the end of the quarter),
#'   quarter (from 0), year (in a run with a calendar), economy, other dimensions of the output, and the output in its unit.
read_series <- function(run, output) {
    run <- open_run(run)
    if (!output %in% run$outputs$output) {
        stop("'", run$name, "' has no output '", output, "': open_run(...)$outputs lists them", call. = FALSE)
    }
    file <- .opened(file.path(run$folder, "series.h5"), "latecomer-series", "a run")
    on.exit(file$close_all())
    dimensions <- .dimensions(file, output)
    places <- lapply(dimensions, function(name) file[[name]]$read())
    names(places) <- dimensions
    values <- as.vector(file[[output]]$read())
    # The last dimension runs fastest, so of expand.grid the first.
    grid <- expand.grid(rev(places), stringsAsFactors = FALSE, KEEP.OUT.ATTRS = FALSE)
    table <- grid[rev(seq_along(grid))]
    table$quarter <- as.integer(round(table$time * 4)) - 1L
    if (run$start_year > 0) {
        table$year <- run$start_year + table$quarter %/% 4L
    }
    table[[output]] <- .known(values)
    table <- table[table$quarter < run$quarters, ]
    names(table)[names(table) == "country"] <- "economy"
    first <- intersect(c("time", "quarter", "year", "economy"), names(table))
    rownames(table) <- NULL
    table[c(first, setdiff(names(table), first))]
}

#' Reads firms of one snapshot, of some, or of all (a panel).
#'
#' @param run A run, or its path.
#' @param quarter Completed quarters of snapshots, as in the name firms_0040.h5; NULL: all.
#' @param columns Columns of firms, such as "revenue" or "capability_analytics" ("capability": all its stages); NULL: all.
#' @param countries,positions Keys, such as "IND" and "ANA"; NULL: all.
#' @param most Stops if the table would have more lines.
#' @return A data frame: id (integer64), country, position, quarters_completed, time, year (in a run with a calendar), columns.
read_firms <- function(run, quarter = NULL, columns = NULL, countries = NULL, positions = NULL, most = 2e6) {
    run <- open_run(run)
    if (length(run$snapshots) == 0) {
        stop("run '", run$name, "' has no snapshots of firms: run it with --snapshot-every 4", call. = FALSE)
    }
    quarter <- if (is.null(quarter)) run$snapshots else as.integer(quarter)
    for (one in setdiff(quarter, run$snapshots)) {
        stop("run '", run$name, "' has no snapshot after ", one, " quarters: it has them after ",
             paste(run$snapshots, collapse = ", "), call. = FALSE)
    }
    lines <- 0
    parts <- lapply(quarter, function(one) {
        file <- .opened(file.path(run$folder, "firms", sprintf("firms_%04d.h5", one)), "latecomer-firms", "a snapshot of firms")
        on.exit(file$close_all())
        country <- .keys(file, "country", countries)
        position <- .keys(file, "position", positions)
        chosen <- which(!is.na(country) & !is.na(position))
        lines <<- lines + length(chosen)
        if (lines > most) {
            stop("run '", run$name, "' has more than ", format(most, big.mark = ","), " such firms: choose with quarter, countries or ",
                 "positions, or say most = ... if there is memory for them", call. = FALSE)
        }
        table <- data.frame(id = .identities(file, chosen), country = country[chosen], position = position[chosen],
                            stringsAsFactors = FALSE)
        table$quarters_completed <- rep(one, nrow(table))
        table$time <- rep(one / 4, nrow(table))
        if (run$start_year > 0) {
            table$year <- rep(run$start_year + (one - 1L) %/% 4L, nrow(table))
        }
        .add_columns(table, file, columns, chosen)
    })
    do.call(rbind, parts)
}

#' Reads outcomes of all done runs of a study in long form.
#'
#' @param path The study's folder after `latecomer study merge`, or its study.h5.
#' @param outcomes Names, such as "gap_at_end", "gap_closed" (gap at the end less that at the start) or "world_catch_ups"; NULL: all.
#' @return A data frame with a line for every run, outcome and economy: scenario, point, replicate, weight (ensembles only: of
#'   the set of parameters) or parameters by name, outcome, economy (NA: the world), value.  Economies of which no run has a value
#'   are left out of an outcome.
read_study <- function(path, outcomes = NULL) {
    file <- .opened(.file_of(path, "study.h5", "the folder of a study"), "latecomer-study", "a study")
    on.exit(file$close_all())
    done <- which(file[["status"]]$read() == 1)
    closed <- "gap_closed"  # computed here, as the Python package does
    names <- Filter(function(name) {
        dimensions <- .dimensions(file, name)
        identical(dimensions, c("run", "country")) || identical(dimensions, "run") &&
            !name %in% c("run", "status", "scenario_number", "point", "replicate", "state_hash", "key", "weight")
    }, names(file))
    names <- c(names, if ("gap_at_end" %in% names) closed)
    for (one in setdiff(outcomes, names)) {
        stop("the study has no outcome '", one, "': it has ", paste(names, collapse = ", "), call. = FALSE)
    }
    keys <- data.frame(scenario = .text(file, "scenario")[file[["scenario_number"]]$read()[done] + 1],
                       point = as.integer(file[["point"]]$read()[done]), replicate = as.integer(file[["replicate"]]$read()[done]),
                       stringsAsFactors = FALSE)
    if ("weight" %in% names(file)) {
        keys$weight <- file[["weight"]]$read()[done]
    } else if ("parameter_value" %in% names(file)) {
        values <- t(.matrix(file, "parameter_value"))[done, , drop = FALSE]
        colnames(values) <- .text(file, "parameter")
        keys <- cbind(keys, as.data.frame(values, optional = TRUE))
    }
    parts <- lapply(if (is.null(outcomes)) names else outcomes, function(name) {
        economies <- NA_character_
        values <- if (name == closed) {
            economies <- .text(file, "country")
            (.matrix(file, "gap_at_end") - .matrix(file, "gap_at_start"))[, done, drop = FALSE]
        } else if (identical(.dimensions(file, name), "run")) {
            matrix(file[[name]]$read()[done], nrow = 1)
        } else {
            economies <- .text(file, "country")
            .matrix(file, name)[, done, drop = FALSE]  # economy, run
        }
        has <- rowSums(is.finite(values)) > 0 | is.na(economies)
        values <- values[has, , drop = FALSE]
        lines <- rep(seq_along(done), each = nrow(values))
        cbind(keys[lines, , drop = FALSE], outcome = rep(name, length(lines)), economy = rep(economies[has], length(done)),
              value = .known(as.vector(values)), stringsAsFactors = FALSE)
    })
    table <- do.call(rbind, parts)
    rownames(table) <- NULL
    table
}

#' Economies of a run or a study, from its path: a data frame with economy and what the file knows of name, region, income_group, role.
read_economies <- function(path) {
    study <- grepl("study[.]h5$", path) || file.exists(file.path(path, "study.h5"))
    file <- if (study) {
        .opened(.file_of(path, "study.h5", "the folder of a study"), "latecomer-study", "a study")
    } else {
        .opened(.file_of(path, "series.h5", "the folder of a run"), "latecomer-series", "a run")
    }
    on.exit(file$close_all())
    .economies(file)
}

print.latecomer_run <- function(x, ...) {
    cat("Run '", x$name, "': ", x$quarters, " quarters, ", nrow(x$economies), " economies, ", length(x$snapshots),
        " snapshots of firms\n", sep = "")
    invisible(x)
}

# --- What is behind ---------------------------------------------------------------------------------

.file_of <- function(path, name, what) {
    file <- if (dir.exists(path)) file.path(path, name) else path
    if (!file.exists(file)) {
        stop("'", file, "' does not exist: name ", what, call. = FALSE)
    }
    file
}

# A file of HDF5 of this kind, open for reading.
.opened <- function(path, schema, what) {
    file <- tryCatch(hdf5r::H5File$new(path, mode = "r"), error = function(error) {
        stop("'", path, "' cannot be read as ", what, call. = FALSE)
    })
    found <- .attribute(file, "schema", "none")
    if (found != schema) {
        file$close_all()
        stop("'", path, "' is not ", what, " of latecomer (schema: ", found, ")", call. = FALSE)
    }
    file
}

.attribute <- function(object, name, otherwise) {
    if (name %in% hdf5r::h5attr_names(object)) hdf5r::h5attr(object, name) else otherwise
}

# Names of the dimensions of a variable, the slowest first; a coordinate is its own.
.dimensions <- function(file, name) {
    variable <- file[[name]]
    if (!"DIMENSION_LIST" %in% hdf5r::h5attr_names(variable)) {
        return(if (length(variable$dims) == 1) name else character())
    }
    vapply(hdf5r::h5attr(variable, "DIMENSION_LIST"), function(one) sub("^/", "", one$dereference()[[1]]$get_obj_name()), "")
}

# Outputs: what has a time, and is no coordinate.
.with_time <- function(file) {
    Filter(function(name) !name %in% c("time", "quarter", "year", "date") && "time" %in% .dimensions(file, name), names(file))
}

.text <- function(file, name) {
    text <- as.character(file[[name]]$read())
    Encoding(text) <- "UTF-8"
    text
}

# A variable of two dimensions, the last one first, also where one has a single place.
.matrix <- function(file, name) {
    variable <- file[[name]]
    array(variable$read(), dim = variable$dims)
}

.known <- function(values) {
    values[is.nan(values)] <- NA
    values
}

.economies <- function(file) {
    table <- data.frame(economy = .text(file, "country"), stringsAsFactors = FALSE)
    for (name in c("name", "region", "income_group", "role")) {
        if (paste0("country_", name) %in% names(file)) {
            text <- .text(file, paste0("country_", name))
            table[[name]] <- ifelse(text == "", NA_character_, text)
        }
    }
    table
}

# The key of each firm's country or position; NA where it is not among those that were asked for.
.keys <- function(file, place, wanted) {
    known <- .text(file, place)
    for (one in setdiff(wanted, known)) {
        stop("'", one, "' is no ", place, " of the snapshots: they have ", paste(known, collapse = ", "), call. = FALSE)
    }
    keys <- known[file[[paste0(place, "_index")]]$read() + 1]
    if (!is.null(wanted)) {
        keys[!keys %in% wanted] <- NA
    }
    keys
}

# Identities as integer64; hdf5r gives doubles only where these hold all of them exactly.
.identities <- function(file, chosen) {
    found <- bit64::as.integer64(file[["firm"]]$read(flags = hdf5r::h5const$H5TOR_CONV_INT64_NOLOSS))
    if (length(found) > 0 && max(found) == bit64::lim.integer64()[2]) {
        stop("identities of firms have more than 63 bits, which R does not hold: take the text that 'latecomer export --what firms' ",
             "writes", call. = FALSE)
    }
    found[chosen]
}

.add_columns <- function(table, file, columns, chosen) {
    stages <- .text(file, "stage")
    places <- list()
    for (name in names(file)) {
        dimensions <- .dimensions(file, name)
        if (identical(dimensions, "firm") && name != "firm" && !grepl("_index$", name)) {
            places[[name]] <- list(name, NA)
        } else if (identical(dimensions, c("firm", "stage"))) {
            for (number in seq_along(stages)) {
                places[[paste0(name, "_", stages[number])]] <- list(name, number)
            }
        }
    }
    wanted <- if (is.null(columns)) names(places) else unlist(lapply(columns, function(one) {
        whole <- vapply(places, function(place) place[[1]] == one, TRUE)
        if (any(whole)) names(places)[whole] else one
    }))
    for (one in unique(wanted)) {
        if (is.null(places[[one]])) {
            stop("the snapshots have no column '", one, "': they have ", paste(names(places), collapse = ", "), call. = FALSE)
        }
        number <- places[[one]][[2]]
        variable <- file[[places[[one]][[1]]]]
        values <- if (is.na(number)) variable$read() else variable[number, ]
        table[[one]] <- .known(as.vector(values))[chosen]
    }
    table
}
