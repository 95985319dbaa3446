#!/usr/bin/env python3
"""Print the demonstration's accounts, and a fresh one-time code for each.

    demo_accounts.py DATA/demo-accounts.json [LOGIN]      with LOGIN: only that account's code
"""
import base64
import hashlib
import hmac
import json
import struct
import sys
import time


def one_time_code(secret_base32, at):
    """RFC 6238: six digits, SHA-1, 30 seconds."""
    padded = secret_base32 + "=" * (-len(secret_base32) % 8)
    digest = hmac.new(base64.b32decode(padded), struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def main(path, login=None):
    with open(path, encoding="utf-8") as file:
        accounts = json.load(file)
    if login:
        for account in accounts:
            if account["login"] == login:
                print(one_time_code(account["totp_secret_base32"], time.time()))
                return 0
        print(f"{login}: no such account in {path}", file=sys.stderr)
        return 1
    print("見本のアカウント（人物・組織はすべて架空です）:\n")
    for account in accounts:
        code = one_time_code(account["totp_secret_base32"], time.time())
        print(f'  {account["role_name"]}　{account["name"]}')
        print(f'    ログイン名 {account["login"]}   パスワード {account["password"]}   いまの認証コード {code}')
        print(f'    認証アプリに登録する鍵 {account["totp_secret_base32"]}\n')
    print("認証コードは30秒ごとに変わります。新しいコードは次のコマンドで表示します（最後はログイン名）:")
    print(f"  python3 tools/demo_accounts.py {path} {accounts[0]['login']}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
