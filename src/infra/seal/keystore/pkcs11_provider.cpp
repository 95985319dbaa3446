#include "infra/seal/keystore/pkcs11_provider.h"

#include "base/fault.h"
#include "infra/seal/encoding.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <iterator>
#include <mutex>
#include <p11-kit/pkcs11.h>

namespace azukari::seal {
namespace {

constexpr std::uint8_t kFormat = 1;
constexpr std::size_t kGcmNonce = 12; // each key of the token wraps one root once, so this is enough
constexpr std::string_view kBound = "azukari/1 token key";

template <class T>
T* plain(const T* pointer) // PKCS#11 takes everything as if it were to be written
{
    return const_cast<T*>(pointer);
}

CK_ATTRIBUTE attribute(CK_ATTRIBUTE_TYPE type, ByteView value)
{
    return {type, plain(value.data()), value.size()};
}
template <class T>
CK_ATTRIBUTE attribute(CK_ATTRIBUTE_TYPE type, const T& value)
{
    return {type, plain(&value), sizeof value};
}

void must(CK_RV result, std::string_view call)
{
    if (result != CKR_OK)
        throw Fault(fmt::format("暗号装置の呼び出しに失敗しました({}: 0x{:x})。", call, result), true);
}

} // namespace

class TokenSession {
public:
    explicit TokenSession(const std::filesystem::path& path) : library_(::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL))
    {
        if (library_ == nullptr) throw Fault(fmt::format("暗号装置の部品 {} を読み込めません。", path.string()));
        auto* const entry = reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library_, "C_GetFunctionList"));
        if (entry == nullptr) throw Fault(fmt::format("{} は PKCS#11 の部品ではありません。", path.string()));
        must(entry(&call_), "C_GetFunctionList");
        CK_C_INITIALIZE_ARGS arguments{};
        arguments.flags = CKF_OS_LOCKING_OK;
        const auto begun = call_->C_Initialize(&arguments);
        ours_ = begun == CKR_OK;
        if (begun != CKR_CRYPTOKI_ALREADY_INITIALIZED) must(begun, "C_Initialize");
    }
    TokenSession(const TokenSession&) = delete;
    TokenSession& operator=(const TokenSession&) = delete;
    ~TokenSession()
    {
        if (session_ != 0) call_->C_CloseSession(session_);
        if (ours_) call_->C_Finalize(nullptr);
        if (library_ != nullptr) ::dlclose(library_);
    }

    Result<void> sign_in(const std::string& token, const SecretText& pin)
    {
        AZK_TRY(const auto slot, slot_of(token));
        must(call_->C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session_),
             "C_OpenSession");
        const auto& text = pin.reveal();
        const auto result =
            call_->C_Login(session_, CKU_USER, reinterpret_cast<CK_UTF8CHAR*>(plain(text.data())), text.size());
        if (result == CKR_PIN_INCORRECT || result == CKR_PIN_INVALID || result == CKR_PIN_LEN_RANGE ||
            result == CKR_PIN_LOCKED)
            return refuse(kWrongPin);
        if (result != CKR_USER_ALREADY_LOGGED_IN) must(result, "C_Login");
        return {};
    }

    std::vector<CK_OBJECT_HANDLE> keys(const std::string& label, ByteView id) const
    {
        const CK_OBJECT_CLASS secret = CKO_SECRET_KEY;
        std::vector<CK_ATTRIBUTE> wanted{attribute(CKA_CLASS, secret), attribute(CKA_LABEL, as_bytes(label))};
        if (!id.empty()) wanted.push_back(attribute(CKA_ID, id));
        must(call_->C_FindObjectsInit(session_, wanted.data(), wanted.size()), "C_FindObjectsInit");
        std::vector<CK_OBJECT_HANDLE> found(64);
        CK_ULONG count = 0;
        const auto result = call_->C_FindObjects(session_, found.data(), found.size(), &count);
        call_->C_FindObjectsFinal(session_);
        must(result, "C_FindObjects");
        found.resize(count);
        return found;
    }

    Bytes id_of(CK_OBJECT_HANDLE key) const
    {
        Bytes id(64);
        CK_ATTRIBUTE wanted{CKA_ID, id.data(), id.size()};
        must(call_->C_GetAttributeValue(session_, key, &wanted, 1), "C_GetAttributeValue");
        id.resize(wanted.ulValueLen);
        return id;
    }

    CK_OBJECT_HANDLE make_key(const std::string& label, ByteView id) const
    {
        const CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
        const CK_ULONG size = 32;
        CK_ATTRIBUTE wanted[] = {
            attribute(CKA_TOKEN, yes),      attribute(CKA_PRIVATE, yes),           attribute(CKA_SENSITIVE, yes),
            attribute(CKA_EXTRACTABLE, no), attribute(CKA_ENCRYPT, yes),           attribute(CKA_DECRYPT, yes),
            attribute(CKA_VALUE_LEN, size), attribute(CKA_LABEL, as_bytes(label)), attribute(CKA_ID, id)};
        CK_MECHANISM mechanism{CKM_AES_KEY_GEN, nullptr, 0};
        CK_OBJECT_HANDLE key = 0;
        must(call_->C_GenerateKey(session_, &mechanism, wanted, std::size(wanted), &key), "C_GenerateKey");
        return key;
    }
    void destroy_key(CK_OBJECT_HANDLE key) const { must(call_->C_DestroyObject(session_, key), "C_DestroyObject"); }

    Bytes encrypt(CK_OBJECT_HANDLE key, ByteView nonce, ByteView plaintext) const
    {
        auto parameters = gcm(nonce);
        CK_MECHANISM mechanism{CKM_AES_GCM, &parameters, sizeof parameters};
        must(call_->C_EncryptInit(session_, &mechanism, key), "C_EncryptInit");
        Bytes out(plaintext.size() + kTagSize);
        CK_ULONG size = out.size();
        must(call_->C_Encrypt(session_, plain(plaintext.data()), plaintext.size(), out.data(), &size), "C_Encrypt");
        out.resize(size);
        return out;
    }
    std::optional<Key256> decrypt(CK_OBJECT_HANDLE key, ByteView nonce, ByteView sealed) const
    {
        auto parameters = gcm(nonce);
        CK_MECHANISM mechanism{CKM_AES_GCM, &parameters, sizeof parameters};
        must(call_->C_DecryptInit(session_, &mechanism, key), "C_DecryptInit");
        SecretKey<64> out; // some modules ask for room for the tag as well
        CK_ULONG size = 64;
        const auto result =
            call_->C_Decrypt(session_, plain(sealed.data()), sealed.size(), out.writable().data(), &size);
        if (result != CKR_OK || size != 32) return std::nullopt;
        Key256 opened;
        std::copy_n(out.reveal().begin(), 32, opened.writable().begin());
        return opened;
    }

    std::mutex mutex;

private:
    static CK_GCM_PARAMS gcm(ByteView nonce)
    {
        CK_GCM_PARAMS parameters{};
        parameters.iv_ptr = plain(nonce.data());
        parameters.iv_len = nonce.size();
        parameters.iv_bits = nonce.size() * 8;
        parameters.aad_ptr = plain(as_bytes(kBound).data());
        parameters.aad_len = kBound.size();
        parameters.tag_bits = kTagSize * 8;
        return parameters;
    }

    Result<CK_SLOT_ID> slot_of(const std::string& token) const
    {
        CK_ULONG count = 0;
        must(call_->C_GetSlotList(CK_TRUE, nullptr, &count), "C_GetSlotList");
        std::vector<CK_SLOT_ID> slots(count);
        must(call_->C_GetSlotList(CK_TRUE, slots.data(), &count), "C_GetSlotList");
        slots.resize(count);
        for (const auto slot : slots) {
            CK_TOKEN_INFO info{};
            if (call_->C_GetTokenInfo(slot, &info) != CKR_OK) continue;
            std::string label(reinterpret_cast<const char*>(info.label), sizeof info.label);
            label.erase(label.find_last_not_of(' ') + 1);
            if (label == token) return slot;
        }
        return refuse(kNoToken, token);
    }

    void* library_;
    CK_FUNCTION_LIST* call_ = nullptr;
    bool ours_ = false;
    CK_SESSION_HANDLE session_ = 0;
};

Result<Pkcs11Provider> Pkcs11Provider::open(TokenPlace place, const SecretText& pin)
{
    auto session = std::make_unique<TokenSession>(place.module);
    AZK_REQUIRE(session->sign_in(place.token, pin));
    return Pkcs11Provider(std::move(place), std::move(session));
}

Result<Pkcs11Provider> Pkcs11Provider::fresh(TokenPlace place, const SecretText& pin)
{
    AZK_TRY(auto provider, open(std::move(place), pin));
    if (!provider.session_->keys(provider.place_.key, {}).empty()) return refuse(kTokenKeyExists, provider.place_.key);
    return provider;
}

Pkcs11Provider::Pkcs11Provider(TokenPlace place, std::unique_ptr<TokenSession> session)
    : place_(std::move(place)), session_(std::move(session))
{
}
Pkcs11Provider::Pkcs11Provider(Pkcs11Provider&&) noexcept = default;
Pkcs11Provider::~Pkcs11Provider() = default;

Result<Bytes> Pkcs11Provider::wrap(const Key256& root, Entropy& entropy)
{
    const std::lock_guard lock(session_->mutex);
    const auto id = entropy.bytes<16>();
    const auto nonce = entropy.bytes<kGcmNonce>();
    const auto sealed = session_->encrypt(session_->make_key(place_.key, id), nonce, root.reveal());
    used_.assign(id.begin(), id.end());
    return Encoder().byte(kFormat).raw(id).raw(nonce).piece(sealed).bytes();
}

Result<Key256> Pkcs11Provider::unwrap(ByteView wrapped)
{
    const std::lock_guard lock(session_->mutex);
    Decoder in(wrapped);
    const auto format = in.byte();
    const auto id = in.array<16>();
    const auto nonce = in.array<kGcmNonce>();
    const auto sealed = in.piece();
    if (format != kFormat || !in.whole() || !in.at_end()) return refuse(kUnknownFormat);
    const auto keys = session_->keys(place_.key, id);
    if (keys.empty()) return refuse(kNoTokenKey, place_.key);
    const auto root = session_->decrypt(keys.front(), nonce, sealed);
    if (!root) return refuse(kWrongTokenKey);
    used_.assign(id.begin(), id.end());
    return *root;
}

void Pkcs11Provider::settle()
{
    const std::lock_guard lock(session_->mutex);
    if (used_.empty()) return;
    for (const auto key : session_->keys(place_.key, {}))
        if (session_->id_of(key) != used_) session_->destroy_key(key);
}

void Pkcs11Provider::retire()
{
    const std::lock_guard lock(session_->mutex);
    for (const auto key : session_->keys(place_.key, {})) session_->destroy_key(key);
    used_.clear();
}

} // namespace azukari::seal
