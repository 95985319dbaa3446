// The key to the data folder: whoever holds it is the only azukari that may open the data.
#pragma once

#include <string>

namespace azukari::storage::sqlite {

class FolderLock {
public:
    // Locks `path` (created when missing, readable by its owner only). Throws a busy fault that names the process which
    // holds it, or a read_only or gone fault when the folder does not allow the file.
    explicit FolderLock(const std::string& path);
    ~FolderLock();
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;

private:
    int file_;
};

} // namespace azukari::storage::sqlite
