#include "office/shell/dispatch.h"

#include "access/access_refusals.h"
#include "base/fault.h"
#include "infra/storage/fault.h"
#include "office/shell/components/action.h"
#include "office/shell/components/form.h"
#include "office/shell/components/status.h"
#include "office/shell/headers.h"
#include "office/shell/page.h"
#include "office/shell/shell_refusals.h"

#include <fmt/format.h>
#include <typeinfo>

namespace azukari::office {
namespace {

constexpr std::string_view kGuestCookie = "guest";
constexpr std::string_view kNoticeCookie = "notice";
constexpr std::int64_t kNoticeSeconds = 60;

std::string new_seed(Entropy& entropy)
{
    return base64url(entropy.bytes<16>());
}

// A full disk is not a busy house: waiting some seconds does not help.
int status_of(const Fault& fault)
{
    const auto* stored = dynamic_cast<const storage::StorageFault*>(&fault);
    if (stored != nullptr && stored->kind() == storage::FaultKind::disk_full) return 507;
    return fault.retryable() ? 503 : 500;
}

http::Response show_too_large(const Visit& visit, std::uint64_t body_limit)
{
    const bool files = body_limit > kFormBytes;
    return show_status(visit, 413,
                       fmt::format("ここで送れるのは、{} MB までです。何も保存していません。",
                                   files ? fmt::format("ファイルは合わせて {} MB、そのほかの入力は {}",
                                                       (body_limit - kFormBytes) >> 20, kFormBytes >> 20)
                                         : fmt::to_string(body_limit >> 20)));
}

bool is_page(const http::Response& response)
{
    return response.type.starts_with("text/html");
}

// The page on which the button of this post stands, as the browser tells it for its own site; "/" when it does not.
std::string page_before(const http::Request& request)
{
    const auto told = request.headers.get("referer");
    const auto here = fmt::format("{}://{}", request.secure ? "https" : "http", request.headers.get("host"));
    return told.starts_with(here + "/") ? safe_return(told.substr(here.size())) : "/";
}

} // namespace

// A request whose route is known, and who came.
struct Dispatcher::Arrival {
    const http::Request& request;
    const Route& route;
    Result<access::Session> session;
    std::string seed; // of the session or, before sign-in, of the guest: form tokens are made from it
};

std::string safe_return(std::string_view wanted)
{
    const html::Url url(wanted);
    return url.text().starts_with('/') ? url.text() : "/";
}

Dispatcher::Dispatcher(Office office)
    : office_(std::move(office)), router_(std::move(office_.routes)), signing_(office_.signing_key)
{
    const http::Request nobody;
    const Visit visit{nobody, Moment(office_.clock.now())};
    for (const int status : {400, 404, 405, 408, 431, 500, 501, 503}) {
        auto page = show_status(visit, status);
        if (status == 503) page.set("Retry-After", "3");
        failures_.emplace(status, std::move(page));
    }
}

http::Response Dispatcher::failure(int status, std::uint64_t body_limit) const
{
    const http::Request nobody;
    const auto found = failures_.find(status);
    auto response = status == 413              ? show_too_large(Visit{nobody, Moment(office_.clock.now())}, body_limit)
                    : found == failures_.end() ? failures_.at(500)
                                               : found->second;
    protect(response, false);
    return response;
}

std::uint64_t Dispatcher::body_limit(http::Method method, std::string_view path) const
{
    const auto found = router_.find(method, path);
    return found.route != nullptr ? found.route->body_limit : kFormBytes;
}

http::Application Dispatcher::application() const
{
    return {[this](http::Request request) { return answer(std::move(request)); },
            [this](int status, std::uint64_t body_limit) { return failure(status, body_limit); },
            [this](http::Method method, std::string_view path) { return body_limit(method, path); }};
}

http::Response Dispatcher::answer(http::Request request) const
{
    const Moment moment(office_.clock.now());
    std::string pattern;
    http::Response response;
    try {
        response = route(request, moment, pattern);
    } catch (const Fault& fault) {
        response = faulted(request, moment, pattern, fault.what(), status_of(fault));
    } catch (const std::exception& other) {
        // Its words may hold what a person wrote; its type may not.
        response = faulted(request, moment, pattern, typeid(other).name(), 500);
    }
    protect(response, request.secure);
    return response;
}

http::Response Dispatcher::route(http::Request& request, const Moment& moment, std::string& pattern) const
{
    auto found = router_.find(request.method, request.path);
    if (found.route == nullptr) {
        const bool known = !found.allowed.empty();
        const auto session = office_.find_session(request, moment);
        Visit visit{request, moment};
        if (session) {
            visit.session = &*session;
            visit.csrf = signing_.form_token(session->id.text());
            visit.menu = office_.menu;
        }
        auto response = show_status(visit, known ? 405 : 404);
        if (known) response.set("Allow", std::string(found.allowed));
        return response;
    }
    pattern = found.route->pattern;
    request.path_params = std::move(found.params);
    Arrival arrival{request, *found.route, office_.find_session(request, moment), {}};
    const bool new_guest = !arrival.session && http::cookie(request, kGuestCookie).empty();
    arrival.seed = arrival.session ? arrival.session->id.text()
                   : new_guest     ? new_seed(office_.entropy)
                                   : std::string(http::cookie(request, kGuestCookie));

    Visit visit{request, moment};
    visit.csrf = signing_.form_token(arrival.seed);
    visit.menu = office_.menu;
    if (arrival.session) visit.session = &*arrival.session;
    const auto carried = http::cookie(request, kNoticeCookie);
    if (!carried.empty()) visit.notice = signing_.read_notice(carried, arrival.seed).value_or("");

    auto response = handle(arrival, visit);
    if (is_page(response) && response.status == 200 && !carried.empty())
        http::drop_cookie(response, request.secure, kNoticeCookie);
    if (new_guest && is_page(response)) http::set_cookie(response, request.secure, kGuestCookie, arrival.seed);
    if (!response.notice.empty())
        http::set_cookie(response, request.secure, kNoticeCookie, signing_.sign_notice(response.notice, arrival.seed),
                         kNoticeSeconds);
    return response;
}

http::Response Dispatcher::handle(const Arrival& arrival, const Visit& visit) const
{
    const auto& request = arrival.request;
    const auto& route = arrival.route;
    if (route.guard != nullptr && !arrival.session) return to_sign_in(request, arrival.session.error());
    if (request.method == http::Method::post) {
        // Of what is too large, the token may not be among what came.
        if (request.too_large && (!route.handle_too_large || !request.form.has("csrf")))
            return show_too_large(visit, route.body_limit);
        if (!comes_from_here(request)) return show_status(visit, 403, kForeignPost.sentence);
        if (!signing_.is_form_token(request.form.get("csrf"), arrival.seed))
            return show_status(visit, 403, kStaleForm.sentence);
    }
    if (route.guard == nullptr) return route.handle_public(visit);

    std::optional<EntrustmentId> entrustment;
    if (request.path_params.has("entrustment")) {
        entrustment = EntrustmentId::parse(request.path_params.get("entrustment"));
        if (!entrustment) return show_status(visit, 404);
    }
    const auto scope = office_.authorise(*arrival.session, *route.guard, entrustment, visit.moment);
    if (!scope) return refused(visit, scope.error());
    if (!request.too_large) return route.handle(visit, *scope);
    auto response = route.handle_too_large(visit, *scope);
    if (response.status == kRefusedForm) response.status = 413;
    return response;
}

// A button was pressed too long after signing in. What it sent is not repeated: the way leads over the proof back to
// the page with the button.
http::Response Dispatcher::ask_again(const Visit& visit, const Refusal& refusal) const
{
    const auto from = page_before(visit.request);
    Page page{"ご本人の確認が必要です", {}};
    page.status = 403;
    page.width = Width::text;
    page.body = html::join(
        notice(Tone::caution, refusal.sentence(),
               html::p("まだ何も行っていません。確認のあと、もう一度押してください。")),
        button_row(html::join(
            link_button("確認に進む", html::Url(office_.reauthenticate_path).with("next", from), Weight::primary),
            link_button("やめて戻る", html::Url(from)))));
    return show(visit, page);
}

http::Response Dispatcher::refused(const Visit& visit, const Refusal& refusal) const
{
    if (refusal.is(access::kSessionOver) || refusal.is(access::kNoSession)) return to_sign_in(visit.request, refusal);
    if (refusal.is(access::kNoSuchEntrustment)) return show_refusal(visit, refusal, 404);
    if (refusal.is(access::kReauthenticate) && visit.request.method != http::Method::post)
        return http::Response::see_other(
            html::Url(office_.reauthenticate_path).with("next", visit.request.target).text());
    if (refusal.is(access::kReauthenticate)) return ask_again(visit, refusal);
    return show_refusal(visit, refusal);
}

http::Response Dispatcher::to_sign_in(const http::Request& request, const Refusal& why) const
{
    // What was posted is not repeated after sign-in: the person returns to the page and sends it again.
    const bool can_return = request.method != http::Method::post && request.target != "/";
    const html::Url sign_in(office_.sign_in_path);
    return http::Response::see_other((can_return ? sign_in.with("next", request.target) : sign_in).text(),
                                     why.is(access::kSessionOver) ? why.sentence() : std::string());
}

http::Response Dispatcher::faulted(const http::Request& request, const Moment& moment, const std::string& pattern,
                                   const std::string& what, int status) const
{
    const auto number = base32(office_.entropy.bytes<5>());
    office_.report({number, moment.at, pattern, what});
    auto response = show_status(Visit{request, moment}, status, {}, number);
    if (status == 503) response.set("Retry-After", "3");
    return response;
}

} // namespace azukari::office
