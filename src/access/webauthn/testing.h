// An authenticator and its browser in software, for tests: it answers as asked, and wrongly where a test wants it to.
#pragma once

#include "access/webauthn/ceremony.h"

#include <memory>

namespace azukari::access::testing {

struct Manner { // how an answer is made; the defaults are right
    std::string origin = "http://localhost:8080";
    std::string party = "localhost";
    std::string type = {};     // empty: as the ceremony wants
    std::uint8_t flags = 0x05; // UP, UV
    std::uint32_t count = 0;
    bool cross_origin = false;
};

class Authenticator {
public:
    enum class Algorithm { es256, ed25519, rs256 };
    explicit Authenticator(Algorithm algorithm = Algorithm::es256);
    ~Authenticator();

    struct Enrolment {
        Bytes client_data;
        Bytes attestation_object;
    };
    Enrolment enrol(ByteView challenge, const Manner& manner = {}) const;

    struct Assertion {
        Bytes client_data;
        Bytes authenticator_data;
        Bytes signature;
    };
    Assertion prove(ByteView challenge, const Manner& manner = {}) const;

    Bytes id = Bytes(32, 0x42);
    Bytes cose_key() const;

private:
    Bytes head(const Manner& manner) const;
    struct Key;
    std::unique_ptr<Key> key_;
    Algorithm algorithm_;
};

} // namespace azukari::access::testing
