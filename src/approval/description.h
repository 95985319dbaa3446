// What is to be approved, in one spelling: a line for each fact, in the order they were said. Its SHA-256 stands for
// it, so that whatever changes afterwards is noticed. No personal information: that is shown on the door's own page.
#pragma once

#include <string>
#include <string_view>

namespace azukari::approval {

class Description {
public:
    // `door`: which way out, "erasure", "package"; `object`: the id of what goes through it.
    Description(std::string_view door, std::string_view object);

    // `key` of small letters, digits and "_"; a value of one line.
    Description& add(std::string_view key, std::string_view value);
    Description& add(std::string_view key, std::int64_t value);

    const std::string& door() const { return door_; }
    const std::string& object() const { return object_; }
    const std::string& text() const { return text_; }
    std::string digest() const; // hex

private:
    std::string door_;
    std::string object_;
    std::string text_;
};

} // namespace azukari::approval
