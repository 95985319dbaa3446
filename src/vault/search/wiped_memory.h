// Memory that is overwritten before it is given back: what an index of opened values grows in and leaves behind.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string.h>

namespace azukari::search {

template <class T>
void wipe(std::span<T> memory)
{
    explicit_bzero(memory.data(), memory.size_bytes());
}

template <class T>
struct WipedMemory {
    using value_type = T;
    WipedMemory() = default;
    template <class U>
    explicit WipedMemory(const WipedMemory<U>&)
    {
    }
    T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
    void deallocate(T* at, std::size_t count)
    {
        wipe(std::span(at, count));
        std::allocator<T>().deallocate(at, count);
    }
    bool operator==(const WipedMemory&) const = default;
};

} // namespace azukari::search
