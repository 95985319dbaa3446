#include "app/private_file.h"

#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <stdlib.h>
#include <sys/stat.h>

using namespace azukari;
using namespace azukari::app;

TEST_CASE("a private file is readable by its owner alone, whatever the process's mask, and replaces nothing")
{
    std::string name = (std::filesystem::temp_directory_path() / "azukari-private-XXXXXX").string();
    const std::filesystem::path folder = mkdtemp(name.data());
    const auto path = folder / "accounts.json";
    const auto mask = umask(0); // a careless one
    REQUIRE(write_private_file(path, "見本"));
    umask(mask);
    struct stat facts {};
    REQUIRE(stat(path.c_str(), &facts) == 0);
    CHECK((facts.st_mode & 07777) == 0600);
    std::ifstream in(path);
    CHECK(std::string(std::istreambuf_iterator<char>(in), {}) == "見本");

    CHECK_FALSE(write_private_file(path, "別のもの")); // a file somebody put there keeps its content, and stays theirs
    std::filesystem::create_symlink(folder / "elsewhere", folder / "link");
    CHECK_FALSE(write_private_file(folder / "link", "見本"));
    CHECK_FALSE(std::filesystem::exists(folder / "elsewhere"));
    CHECK(write_private_file(folder / "no such folder" / "x", "見本").error().sentence().find("no such folder") !=
          std::string::npos);
    std::filesystem::remove_all(folder);
}
