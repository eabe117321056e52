#pragma once

#include <memory>
#include <utility>

namespace latecomer {

/// A value that copies have in common until one of them is edited.  For large tables that most copies only read.
///
/// A moved-from object may only be assigned to or destroyed.  Not for threads that edit copies at the same time.
template <class T>
class CopyOnWrite {
public:
    CopyOnWrite() : value_{std::make_shared<T>()} {}

    const T& operator*() const { return *value_; }
    const T* operator->() const { return value_.get(); }

    /// Whether this and another are the same value, not only equal ones.
    bool shares_with(const CopyOnWrite& other) const { return value_ == other.value_; }

    /// The value to be changed, this object's own from now on.
    T& edit()
    {
        if (value_.use_count() > 1) {
            value_ = std::make_shared<T>(std::as_const(*value_));
        }
        return *value_;
    }

private:
    std::shared_ptr<T> value_;
};

}  // namespace latecomer
