#include "base/system_cause.h"

#include <cerrno>

namespace azukari {

std::string cause_of(int error)
{
    switch (error) {
    case ENOSPC:
    case EDQUOT:
        return "ディスクがいっぱいです";
    case EROFS:
        return "読み取り専用のディスクです";
    case EACCES:
    case EPERM:
        return "権限がありません";
    case ENOENT:
        return "その場所がありません";
    case ENOTDIR:
        return "途中にフォルダーでないものがあります";
    case EADDRINUSE:
        return "ほかのプログラムが使っています";
    case EADDRNOTAVAIL:
        return "このコンピューターのアドレスではありません";
    default:
        return std::generic_category().message(error);
    }
}

std::string cause_of(const std::error_code& error)
{
    return error.category() == std::system_category() || error.category() == std::generic_category()
               ? cause_of(error.value())
               : error.message();
}

} // namespace azukari
