// Whence information came: from whom, by which channel, on which day, and under which text of the purpose. Collection
// from the person is the rule; from anybody else needs the register or the ward's recorded consent (特21-4, 特31-6).
// [K22]
#pragma once

#include "base/instant.h"
#include "base/result.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace azukari::vault {

enum class Source : std::uint8_t { person, agent, ward, agency };
enum class Channel : std::uint8_t {
    counter,
    telephone,
    fax,
    postcard,
    post,
    email,
    site,
    visit,
    ward_medium,
    document
};

std::string_view code_of(Source source);
std::string_view japanese(Source source);
std::optional<Source> source_of(std::string_view code);
std::string_view code_of(Channel channel);
std::string_view japanese(Channel channel);
std::optional<Channel> channel_of(std::string_view code);
std::span<const Source> sources();
std::span<const Channel> channels();

struct Origin {
    Source source = Source::person;
    std::string who; // agent: 続柄・関係; agency: its name
    Channel channel = Channel::counter;
    CivilDate received_on = CivilDate::from_days(0);
    std::int64_t purpose_text = 0; // number of the text that was shown; 0 where the person was not asked
    bool operator==(const Origin&) const = default;

    bool direct() const { return source == Source::person || source == Source::agent; }
};
// 代理人（長男）から 電話 で 令和8年6月1日 に
std::string spoken(const Origin& origin);

} // namespace azukari::vault
