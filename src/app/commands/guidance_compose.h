// `azukari guidance …`: the letters' work from a bare file, without a server.
#pragma once

namespace CLI {
class App;
}

namespace azukari {

// guidance check     reads a file of recipients and lists what is wrong with it
// guidance compose   checks a file of recipients and composes its letters
// guidance sample    writes a file of fictitious recipients
void add_guidance_commands(CLI::App& app);

} // namespace azukari
