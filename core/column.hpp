#pragma once

#include "core/ids.hpp"
#include "core/memory/large_memory.hpp"

#include <cstddef>
#include <new>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace latecomer {

/// Allocates as columns want their memory.
template <class T>
struct ColumnMemory {
    using value_type = T;

    ColumnMemory() = default;
    template <class U>
    explicit ColumnMemory(const ColumnMemory<U>&)
    {}
    T* allocate(std::size_t n) { return static_cast<T*>(allocate_columns(n * sizeof(T))); }
    void deallocate(T* p, std::size_t n) { free_columns(p, n * sizeof(T)); }
    /// Values that nobody names are left as the memory has them, so that it is not touched before it is used.
    template <class U>
    void construct(U* p)
    {
        ::new (static_cast<void*>(p)) U;
    }
    bool operator==(const ColumnMemory&) const { return true; }
};

/// Says that a column's values will be written before they are read.
struct Unwritten {};

/// One value per agent of one kind, indexed by that kind's index and by nothing else.
template <class Id, class T>
class Column {
public:
    using value_type = T;

    Column() = default;
    explicit Column(std::size_t size, const T& value = T{}) : values_(size, value) {}
    Column(std::size_t size, Unwritten) : values_(size) {}

    T& operator[](Id id) { return values_[id.at()]; }
    const T& operator[](Id id) const { return values_[id.at()]; }

    std::size_t size() const { return values_.size(); }
    void resize(std::size_t size) { values_.resize(size, T{}); }
    Range<Id> indices() const { return Range<Id>(values_.size()); }
    T* data() { return values_.data(); }
    const T* data() const { return values_.data(); }
    std::span<T> span() { return values_; }
    std::span<const T> span() const { return values_; }
    auto begin() { return values_.begin(); }
    auto end() { return values_.end(); }
    auto begin() const { return values_.begin(); }
    auto end() const { return values_.end(); }
    bool operator==(const Column&) const = default;

private:
    std::vector<T, ColumnMemory<T>> values_;
};

/// A matrix with typed indices, row-major: `table(row, column)`.
template <class Row, class Col, class T>
class Table {
public:
    using value_type = T;

    Table() = default;
    Table(std::size_t rows, std::size_t columns, const T& value = T{})
        : rows_{rows}, columns_{columns}, values_(rows * columns, value)
    {}

    T& operator()(Row r, Col c) { return values_[r.at() * columns_ + c.at()]; }
    const T& operator()(Row r, Col c) const { return values_[r.at() * columns_ + c.at()]; }
    std::span<T> row(Row r) { return {values_.data() + r.at() * columns_, columns_}; }
    std::span<const T> row(Row r) const { return {values_.data() + r.at() * columns_, columns_}; }

    std::size_t rows() const { return rows_; }
    std::size_t columns() const { return columns_; }
    std::span<T> span() { return values_; }
    std::span<const T> span() const { return values_; }
    bool operator==(const Table&) const = default;

private:
    std::size_t rows_ = 0;
    std::size_t columns_ = 0;
    std::vector<T> values_;
};

/// Values in the order of the indices to which they belong, in memory that is used again.
template <class Id, class T>
class Grouped {
public:
    /// Room for so many values before memory must grow.
    void reserve(std::size_t values) { values_.reserve(values); }
    std::size_t capacity() const { return values_.capacity(); }

    /// Replaces everything by the (index, value) that `walk(visit)` hands to `visit(index, value)`.  It is called twice and
    /// must hand over the same; values of an index end up in reverse order.
    template <class Walk>
    void assign(std::size_t size, const Walk& walk)
    {
        begins_.assign(size + 1, 0);
        walk([&](Id id, const T&) { ++begins_[id.at()]; });
        std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
        values_.resize(begins_.back());
        // Where an index's values end becomes, value by value, where they begin.
        walk([&](Id id, const T& value) { values_[--begins_[id.at()]] = value; });
    }

    std::span<T> of(Id id)
    {
        const std::size_t begin = begins_[id.at()];
        return std::span{values_}.subspan(begin, begins_[id.at() + 1] - begin);
    }

private:
    std::vector<std::size_t> begins_;
    std::vector<T> values_;
};

}  // namespace latecomer
