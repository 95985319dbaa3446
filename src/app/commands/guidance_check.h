// `azukari guidance check`: what is wrong with a file of recipients, or should be asked about, before anything is made
// of it.
#pragma once

namespace CLI {
class App;
}

namespace azukari {

void add_guidance_check(CLI::App& group);

} // namespace azukari
