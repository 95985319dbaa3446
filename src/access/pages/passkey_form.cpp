#include "access/pages/passkey_form.h"

#include "access/webauthn/cose.h"
#include "access_pages_assets.h"
#include "office/shell/shell.h"

#include <nlohmann/json.hpp>

namespace azukari::access::pages {
namespace {

using nlohmann::json;

constexpr int kPatience = 120'000; // milliseconds

http::Response as_json(const json& question)
{
    http::Response response;
    response.type = "application/json";
    response.body = question.dump();
    return response;
}

Bytes field(const http::Request& request, std::string_view name)
{
    return from_base64url(request.form.get(name)).value_or(Bytes{});
}

} // namespace

html::Url passkey_script()
{
    return office::asset_url(assets_of_access_pages(), "passkey.js");
}

html::Html passkey_form(const office::Visit& visit, const html::Url& challenge, const html::Url& action,
                        std::string_view label, const html::Html& fields)
{
    html::Html answers;
    for (const char* name : {"credential", "client_data", "authenticator_data", "signature", "attestation_object"})
        answers += office::hidden_field(name, "");
    const auto button =
        html::button({html::cls("button button-secondary"), {"type", "button"}, {"data-ask", challenge.text()}}, label);
    return html::div({{"data-passkey", ""}, html::flag("hidden", true)},
                     office::post_form(visit, action, fields, answers, office::button_row(button),
                                       html::p({html::cls("field-error"), {"role", "alert"}, {"data-words", ""}})));
}

http::Response assertion_question(const Rooms& rooms, Asking asking, const Session* session, const Moment& moment)
{
    json question{{"challenge", base64url(rooms.passkeys.challenge(asking, session, moment))},
                  {"rpId", rooms.passkeys.party().id},
                  {"timeout", kPatience},
                  {"userVerification", "required"},
                  {"allowCredentials", json::array()}};
    if (session != nullptr)
        for (const auto& passkey :
             rooms.db.read([&](const storage::Snapshot& s) { return passkeys_of(s, session->account); }))
            question["allowCredentials"].push_back({{"type", "public-key"}, {"id", base64url(passkey.credential.id)}});
    return as_json(question);
}

http::Response enrolment_question(const Rooms& rooms, const Session& session, const Moment& moment)
{
    const auto [account, known] = rooms.db.read([&](const storage::Snapshot& snapshot) {
        return std::pair(find_account(snapshot, session.account), passkeys_of(snapshot, session.account));
    });
    const auto& party = rooms.passkeys.party();
    json question{{"challenge", base64url(rooms.passkeys.challenge(Asking::enrol, &session, moment))},
                  {"rp", {{"id", party.id}, {"name", party.name}}},
                  {"user",
                   {{"id", base64url(session.account.bytes())},
                    {"name", account ? account->login : std::string()},
                    {"displayName", session.name}}},
                  {"timeout", kPatience},
                  {"attestation", "none"},
                  {"authenticatorSelection", {{"residentKey", "required"}, {"userVerification", "required"}}},
                  {"pubKeyCredParams", json::array()},
                  {"excludeCredentials", json::array()}};
    for (const int algorithm : webauthn::kAlgorithms)
        question["pubKeyCredParams"].push_back({{"type", "public-key"}, {"alg", algorithm}});
    for (const auto& passkey : known)
        question["excludeCredentials"].push_back({{"type", "public-key"}, {"id", base64url(passkey.credential.id)}});
    return as_json(question);
}

PasskeyAnswer posted_answer(const http::Request& request)
{
    return {field(request, "credential"), field(request, "client_data"), field(request, "authenticator_data"),
            field(request, "signature")};
}

} // namespace azukari::access::pages
