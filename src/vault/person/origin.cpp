#include "vault/person/origin.h"

#include <fmt/format.h>

namespace azukari::vault {
namespace {

template <class T>
struct Words {
    T what;
    std::string_view code;
    std::string_view japanese;
};

constexpr Words<Source> kSourceWords[] = {{Source::person, "person", "本人"},
                                          {Source::agent, "agent", "代理人"},
                                          {Source::ward, "ward", "区"},
                                          {Source::agency, "agency", "関係機関"}};
constexpr Words<Channel> kChannelWords[] = {{Channel::counter, "counter", "窓口"},
                                            {Channel::telephone, "telephone", "電話"},
                                            {Channel::fax, "fax", "FAX"},
                                            {Channel::postcard, "postcard", "はがき"},
                                            {Channel::post, "post", "郵送"},
                                            {Channel::email, "email", "電子メール"},
                                            {Channel::site, "site", "申込サイト"},
                                            {Channel::visit, "visit", "訪問"},
                                            {Channel::ward_medium, "ward_medium", "区の媒体"},
                                            {Channel::document, "document", "関係機関の文書"}};
constexpr Source kSources[] = {Source::person, Source::agent, Source::ward, Source::agency};
constexpr Channel kChannels[] = {Channel::counter,     Channel::telephone, Channel::fax,  Channel::postcard,
                                 Channel::post,        Channel::email,     Channel::site, Channel::visit,
                                 Channel::ward_medium, Channel::document};

template <class T, std::size_t N>
std::optional<T> with_code(const Words<T> (&words)[N], std::string_view code)
{
    for (const auto& each : words)
        if (each.code == code) return each.what;
    return std::nullopt;
}

} // namespace

std::string_view code_of(Source source)
{
    return kSourceWords[static_cast<std::size_t>(source)].code;
}
std::string_view japanese(Source source)
{
    return kSourceWords[static_cast<std::size_t>(source)].japanese;
}
std::optional<Source> source_of(std::string_view code)
{
    return with_code(kSourceWords, code);
}
std::string_view code_of(Channel channel)
{
    return kChannelWords[static_cast<std::size_t>(channel)].code;
}
std::string_view japanese(Channel channel)
{
    return kChannelWords[static_cast<std::size_t>(channel)].japanese;
}
std::optional<Channel> channel_of(std::string_view code)
{
    return with_code(kChannelWords, code);
}
std::span<const Source> sources()
{
    return kSources;
}
std::span<const Channel> channels()
{
    return kChannels;
}

std::string spoken(const Origin& origin)
{
    return fmt::format("{}{}から、{}で、{}", japanese(origin.source),
                       origin.who.empty() ? std::string() : fmt::format("（{}）", origin.who), japanese(origin.channel),
                       to_era(origin.received_on));
}

} // namespace azukari::vault
