#include "verify/tree.h"
#include "verify/trial/sample_ledger.h"
#include "verify/witness_listener.h"

#include "infra/storage/testing.h"
#include "infra/wire/http_client.h"
#include "ledger/ledger.h"
#include "ledger/witness/witness_exchange.h"
#include "ledger_migrations.h"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <stdlib.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace azukari;
using namespace azukari::verify;
using namespace azukari::verify::trial;
using storage::Db;
using storage::Snapshot;

namespace {

const WitnessKey kWard{"ward.example/witness", Seed{7}};

// A machine of the ward's: a folder with the witness's state, in which the samples' ledger is trusted.
class WardMachine {
public:
    WardMachine()
    {
        std::string name = (std::filesystem::temp_directory_path() / "azukari-witness-XXXXXX").string();
        folder_ = mkdtemp(name.data());
        WitnessState state(this->state());
        state.logs.push_back({Key::parse(publisher().key().text()).value()});
        REQUIRE(state.save());
    }
    ~WardMachine() { std::filesystem::remove_all(folder_); }
    std::string state() const { return file("state"); }
    std::string file(const std::string& name) const { return (folder_ / name).string(); }
    std::uint64_t size() const { return WitnessState(state()).logs.at(0).size; }

private:
    std::filesystem::path folder_;
};

// The witness's service within this process.
class Service {
public:
    explicit Service(const WardMachine& ward, std::string certificate = {}, std::string key = {})
        : https_(!certificate.empty()),
          listener_(
              {{"127.0.0.1", 0}, kWard, ward.state(), std::move(certificate), std::move(key)},
              [] { return std::uint64_t{1'795'230'000}; }, [](const std::string&) {})
    {
        REQUIRE(listener_.problem() == "");
        thread_ = std::jthread([this] { listener_.run(); });
    }
    ~Service() { listener_.stop(); }
    std::string url() const
    {
        return (https_ ? "https://localhost:" : "http://127.0.0.1:") + std::to_string(listener_.port());
    }

private:
    bool https_;
    WitnessListener listener_;
    std::jthread thread_;
};

ledger::Publisher by(std::uint64_t log_seed = 1, const char* origin = "azukari.example/ledger")
{
    const auto seen = ledger::note::VerifierKey::parse(kWard.verifier().text());
    return ledger::Publisher({origin, key_of(log_seed), seen});
}

Result<wire::Answer> ask(const std::string& url, std::string_view request, const std::string& ca = {})
{
    return wire::post({url + "/add-checkpoint", ca}, request, "text/plain");
}

int status(const std::string& url, std::string_view request)
{
    return ask(url, request).value().status;
}

std::string request(Db& db, const ledger::Publisher& from, std::uint64_t old_size)
{
    publish(db, from);
    return db.read([&](const Snapshot& data) { return from.witness_request(data, old_size); }).value();
}

Result<std::uint64_t> exchange_with(Db& db, const std::string& url)
{
    return ledger::ask_witness(db, by(), [&](const std::string& asked) -> Result<ledger::WitnessReply> {
        AZK_TRY(auto answer, ask(url, asked));
        return ledger::WitnessReply{answer.status, answer.type, answer.body};
    });
}

void with_ledger(const std::function<void(Db&)>& test)
{
    storage::testing::on_every_store(migrations_of_ledger(), [&](Db& db) {
        ledger::grow_with(db);
        test(db);
    });
}

// Two ledgers of the same name and key that tell two histories from entry 50 on: what a thief of the key could sign.
void with_two_histories(const std::function<void(Db& one, Db& other)>& test)
{
    with_ledger([&](Db& one) {
        with_ledger([&](Db& other) {
            if (one.engine() != other.engine()) return; // each with its like
            for (auto* db : {&one, &other}) append_samples(*db, 50);
            append_samples(one, 50);
            other.write([](storage::Tx& tx) { ledger::append(tx, sample_entry(4242)); });
            append_samples(other, 49);
            test(one, other);
        });
    });
}

// The ward's own program as it is installed, in a process of its own that can be killed.
class Process {
public:
    explicit Process(const WardMachine& ward)
    {
        int ends[2];
        REQUIRE(pipe(ends) == 0);
        child_ = fork();
        if (child_ == 0) {
            dup2(ends[1], 1);
            close(ends[0]);
            const auto key = ward.file("key"), state = ward.state();
            execl(AZUKARI_VERIFY, "azukari-verify", "witness", "serve", "--listen", "127.0.0.1:0", "--key", key.c_str(),
                  "--state", state.c_str(), nullptr);
            _exit(127);
        }
        close(ends[1]);
        std::string said;
        for (char c = 0; read(ends[0], &c, 1) == 1 && c != '\n';) said += c;
        out_ = ends[0];
        REQUIRE(said.find("127.0.0.1:") != std::string::npos);
        url_ = "http://" + said.substr(said.find("127.0.0.1:"));
    }
    ~Process()
    {
        end(SIGKILL);
        close(out_);
    }
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    const std::string& url() const { return url_; }
    int end(int signal)
    {
        if (child_ <= 0) return 0;
        kill(child_, signal);
        int how = 0;
        waitpid(child_, &how, 0);
        child_ = 0;
        return how;
    }

private:
    pid_t child_ = 0;
    int out_ = -1;
    std::string url_;
};

} // namespace

TEST_CASE("over HTTP the witness answers as the table of the specification says [K79]")
{
    with_two_histories([](Db& one, Db& other) {
        const WardMachine ward;
        const Service service(ward);
        const auto url = service.url();
        CHECK(status(url, "") == 400);
        CHECK(status(url, "old 0\n") == 400);
        CHECK(status(url, std::string(200'000, 'x')) == 413);
        CHECK(wire::post({url + "/"}, request(one, by(), 0), "text/plain").value().status == 404);

        const auto good = request(one, by(), 0);
        auto named_otherwise = good;
        named_otherwise.replace(named_otherwise.find("azukari.example"), 15, "unknown.example");
        CHECK(status(url, named_otherwise) == 404);
        auto badly_signed = good;
        const auto signature = badly_signed.rfind('=') - 10;
        badly_signed[signature] = badly_signed[signature] == 'A' ? 'B' : 'A';
        CHECK(status(url, badly_signed) == 403);
        CHECK(status(url, "old 101" + good.substr(5)) == 400); // old above new
        CHECK(status(url, request(one, by(), 50)) == 409);
        CHECK(ward.size() == 0);

        const auto answer = ask(url, good).value();
        REQUIRE(answer.status == 200);
        CHECK(ward.size() == 100);
        CHECK(one.write([&](storage::Tx& tx) { return by().import_cosignature(tx, answer.body); }).value().size == 100);

        const auto behind = ask(url, good).value();
        CHECK(behind.status == 409);
        CHECK(behind.type == "text/x.tlog.size");
        CHECK(behind.body == "100\n");
        CHECK(status(url, request(one, by(), 100)) == 200); // the same again
        const auto split = ask(url, request(other, by(), 100)).value();
        CHECK(split.status == 409); // as many entries, another root
        CHECK(split.type.starts_with("text/plain"));
        append_samples(other, 10);
        CHECK(status(url, request(other, by(), 100)) == 422); // more entries, not a continuation
        append_samples(one, 10);
        publish(one, by());
        CHECK(exchange_with(one, url).value() == 110);
        CHECK(ward.size() == 110);
    });
}

TEST_CASE("of two histories sent at once to two services of one witness, only one is ever cosigned [K79]")
{
    with_two_histories([](Db& one, Db& other) {
        const std::string asked[] = {request(one, by(), 50), request(other, by(), 50)};
        for (int round = 0; round < 20; ++round) {
            const WardMachine ward;
            const Service first(ward), second(ward);
            { // both histories share their first fifty entries
                WitnessState state(ward.state());
                state.logs.at(0).size = 50;
                const auto common = WitnessRequest::parse(asked[0]);
                REQUIRE(common);
                Peaks peaks;
                for (std::uint64_t i = 0; i < 50; ++i)
                    peaks.push(one.read([&](const Snapshot& data) {
                        return *data.one("select bytes from ledger_entry where seq = ?", {i},
                                         [](const storage::Row& row) { return leaf_hash(as_text(row.blob(0))); });
                    }));
                state.logs.at(0).root = *peaks.fold({});
                REQUIRE(state.save());
            }
            std::atomic<int> cosigned[2] = {0, 0};
            std::atomic<int> strange = 0;
            std::vector<std::jthread> threads;
            for (std::size_t t = 0; t < 4; ++t)
                threads.emplace_back([&, t] {
                    const auto answer = ask(t / 2 == 0 ? first.url() : second.url(), asked[t % 2]);
                    if (!answer || (answer->status != 200 && answer->status != 409))
                        ++strange;
                    else if (answer->status == 200)
                        ++cosigned[t % 2];
                });
            threads.clear();
            CHECK(strange == 0);
            CHECK(cosigned[0] + cosigned[1] == 1);
            CHECK(ward.size() == 100);
        }
    });
}

TEST_CASE("killed at any moment, the witness has persisted what it answered, and nothing else is ever cosigned [K79]")
{
    with_two_histories([](Db& one, Db& other) {
        const WardMachine ward;
        {
            std::FILE* file = std::fopen(ward.file("key").c_str(), "w");
            REQUIRE(file != nullptr);
            std::fputs((kWard.text() + "\n").c_str(), file);
            std::fclose(file);
        }
        int lost = 0;
        for (int round = 0; round < 12; ++round) {
            const auto before = ward.size();
            append_samples(one, 7);
            const auto asked = request(one, by(), before);
            const auto after = WitnessRequest::parse(asked)->checkpoint.size;
            Process process(ward);
            Result<wire::Answer> answer;
            {
                const std::jthread client([&] { answer = ask(process.url(), asked); });
                usleep(static_cast<useconds_t>(round * 700)); // from before the request to after the answer
                process.end(SIGKILL);
            }
            const auto size = ward.size();
            if (answer) CHECK(answer->status == 200);
            if (answer) CHECK(size == after); // durable before it was answered
            CHECK((size == before || size == after));
            lost += !answer && size == after;
            // Whatever happened: the other history is not cosigned, and the right one goes on from where it stands.
            Process again(ward);
            const auto other_history = ask(again.url(), request(other, by(), 50)).value();
            CHECK(other_history.status == 409);
            CHECK(exchange_with(one, again.url()).value() == after);
            const auto how = again.end(SIGTERM);
            CHECK(WIFEXITED(how));
            CHECK(WEXITSTATUS(how) == 0);
        }
        MESSAGE("cosignatures whose answer was lost and fetched again: " << lost);
    });
}

TEST_CASE("a witness that answered and was not heard gives its cosignature again [K79]")
{
    with_ledger([](Db& db) {
        const WardMachine ward;
        append_samples(db, 20);
        // Exactly between persisting and replying: the state is saved, the answer goes nowhere.
        REQUIRE(add_checkpoint(kWard, ward.state(), request(db, by(), 0), 1).status == 200);
        const Service service(ward);
        CHECK(exchange_with(db, service.url()).value() == 20);
        CHECK(db.read([&](const Snapshot& data) { return by().witnessing(data); }).unwitnessed == 0);
    });
}

TEST_CASE("with a certificate the witness is reached over https, and by those only who can verify it")
{
    with_ledger([](Db& db) {
        const WardMachine ward;
        const auto certificate = ward.file("certificate.pem"), key = ward.file("tls.pem");
        const auto command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout " +
                             key + " -out " + certificate +
                             " -subj /CN=localhost -addext subjectAltName=DNS:localhost 2>/dev/null";
        REQUIRE(std::system(command.c_str()) == 0);
        const Service service(ward, certificate, key);
        append_samples(db, 3);
        CHECK(ask(service.url(), request(db, by(), 0), certificate).value().status == 200);
        CHECK(ask(service.url(), request(db, by(), 3)).error().is(wire::kUntrusted));
    });
}

TEST_CASE("a witness that cannot listen says why")
{
    const WardMachine ward;
    CHECK_FALSE(Endpoint::parse("8700"));
    CHECK_FALSE(Endpoint::parse("witness.example:8700"));
    CHECK_FALSE(Endpoint::parse("127.0.0.1:70000"));
    CHECK(Endpoint::parse("[::1]:8700")->address == "::1");
    const auto now = [] { return std::uint64_t{0}; };
    const auto quiet = [](const std::string&) {};
    const WitnessListener first({{"127.0.0.1", 0}, kWard, ward.state()}, now, quiet);
    const WitnessListener second({{"127.0.0.1", first.port()}, kWard, ward.state()}, now, quiet);
    CHECK(second.problem().find(std::to_string(first.port())) != std::string::npos);
    const WitnessListener third({{"127.0.0.1", 0}, kWard, ward.state(), ward.file("no"), ward.file("no")}, now, quiet);
    CHECK(third.problem().find("証明書") != std::string::npos);
}
