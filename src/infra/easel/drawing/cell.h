// 独房: the process locks itself in before it decodes. It has read its file by then; from here on it can compute, write
// its reply and end. Little time, little memory, no other file, no connection, no other process.
#pragma once

namespace azukari::easel {

struct Locks {
    bool calls = false; // the kernel refuses every call that is not on a short list
    bool files = false; // of files, only fonts can be read
};

// Fonts are for a PDF that does not carry its own. Throws Fault when the process cannot be locked in: then nothing is
// decoded. Without Landlock in the kernel no file can be opened at all, and such a PDF lacks its letters.
Locks lock_in();

} // namespace azukari::easel
