// `azukari guidance …`: the letters' work from a bare file, without a server.
#pragma once

namespace CLI {
class App;
}

namespace azukari {

// guidance compose   checks a file of recipients and composes its letters guidance sample    writes
// a file of fictitious recipients Exit codes: 0 done; 1 the file was refused, nothing written; 2
// definition or usage wrong; 3 composed, but some persons were set aside or held back.
void add_guidance_commands(CLI::App& app);

} // namespace azukari
