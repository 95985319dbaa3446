#include "infra/wire/http_client.h"

#include "base/fault.h"

#include <curl/curl.h>
#include <memory>

namespace azukari::wire {
namespace {

struct Taking {
    std::string body;
    std::size_t most;
};

std::size_t take(char* bytes, std::size_t, std::size_t count, void* into)
{
    auto& taking = *static_cast<Taking*>(into);
    if (taking.body.size() + count > taking.most) return 0; // curl ends the transfer with CURLE_WRITE_ERROR
    taking.body.append(bytes, count);
    return count;
}

// The lists of header lines are curl's own.
using Headers = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;
using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;

Headers headers_of(const std::string& type)
{
    Headers headers(curl_slist_append(nullptr, ("Content-Type: " + type).c_str()), curl_slist_free_all);
    curl_slist_append(headers.get(), "Expect:"); // send the body without asking first
    return headers;
}

Refusal failure(CURLcode code, const std::string& url)
{
    switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
        return Refusal(kTooSlow, {url});
    case CURLE_WRITE_ERROR:
        return Refusal(kTooMuch, {url});
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
        return Refusal(kUntrusted, {url, curl_easy_strerror(code)});
    default:
        return Refusal(kCannotReach, {url, curl_easy_strerror(code)});
    }
}

} // namespace

bool is_web_address(std::string_view url)
{
    for (const std::string_view scheme : {"http://", "https://"})
        if (url.starts_with(scheme)) return url.size() > scheme.size() && url.find_first_of(" \t\r\n@") == url.npos;
    return false;
}

Result<Answer> post(const Peer& peer, std::string_view body, const std::string& type)
{
    static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    const Handle handle(ready ? curl_easy_init() : nullptr, curl_easy_cleanup);
    if (!handle) throw Fault("通信の準備ができません。記憶域の空きを確かめてください。");
    const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(handle.get(), option, value); };
    const auto headers = headers_of(type);
    Taking taking{{}, peer.longest_answer};
    set(CURLOPT_URL, peer.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_PROXY, ""); // also when the environment names one
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(peer.connect_within.micros / 1000));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(peer.answer_within.micros / 1000));
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    if (!peer.ca_file.empty()) {
        set(CURLOPT_CAINFO, peer.ca_file.c_str());
        set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    }
    set(CURLOPT_HTTPHEADER, headers.get());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    set(CURLOPT_POSTFIELDS, body.data());
    set(CURLOPT_WRITEFUNCTION, take);
    set(CURLOPT_WRITEDATA, &taking);
    if (const auto code = curl_easy_perform(handle.get()); code != CURLE_OK)
        return tl::unexpected(failure(code, peer.url));
    long status = 0;
    const char* answered = nullptr;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(handle.get(), CURLINFO_CONTENT_TYPE, &answered);
    return Answer{static_cast<int>(status), answered == nullptr ? "" : answered, std::move(taking.body)};
}

} // namespace azukari::wire
