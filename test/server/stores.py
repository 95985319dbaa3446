"""Where a house keeps its tables: a file in its folder, or a database of its own on a PostgreSQL server."""
import contextlib
import csv
import io
import itertools
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess


class Sqlite:
    name = "sqlite"
    settings = ""  # lines of azukari.toml

    def __init__(self, data):
        self.file = pathlib.Path(data) / "store/azukari.db"

    def rows(self, query):
        with contextlib.closing(sqlite3.connect(self.file)) as db:
            return db.execute(query).fetchall()

    def copy_to(self, data):
        """The same tables for the house in that folder, which was copied already."""
        return Sqlite(data)

    def is_empty(self):
        return not self.file.exists()

    def folders(self):
        """Where else than in the house's folder its rows lie."""
        return []


class Postgres:
    name = "postgres"
    numbers = itertools.count()
    made = []

    def __init__(self, _data=None, template="template0"):
        self.database = f"azukari_house_{os.getpid()}_{next(self.numbers)}"
        self.conninfo = f"{self.server()} dbname={self.database}"
        self.settings = f'[store]\npostgres = "{self.conninfo}"\n'
        psql(self.server(), f"create database {self.database} template {template}")
        self.made.append(self.database)

    @staticmethod
    def server():
        return os.environ.get("AZUKARI_TEST_POSTGRES", "")

    def rows(self, query):
        return psql(self.conninfo, query)

    def copy_to(self, _data):
        return Postgres(template=self.database)

    def is_empty(self):
        return psql(self.conninfo, "select count(*) from information_schema.tables"
                                   " where table_schema = current_schema()") == [("0",)]

    def folders(self):
        """Everything of this database on the server's disk, and what the server wrote ahead."""
        psql(self.conninfo, "checkpoint")
        ((number,),) = psql(self.conninfo, f"select oid from pg_database where datname = '{self.database}'")
        data = pathlib.Path(re.search(r"host=(/\S+)", self.conninfo).group(1)) / "data"
        return [data / "base" / number, data / "pg_wal"]

    @classmethod
    def drop_all(cls):
        while cls.made:
            psql(cls.server(), f"drop database {cls.made.pop()} with (force)")


def psql(conninfo, query):
    """The rows, each value as text, what is binary as bytes."""
    done = subprocess.run([shutil.which("psql"), "--no-psqlrc", "--quiet", "--csv", "--tuples-only", "--set",
                           "ON_ERROR_STOP=1", "--command", query, conninfo],
                          check=False, capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        raise RuntimeError(f"{query}: {done.stderr}")
    return [tuple(bytes.fromhex(cell[2:]) if cell.startswith("\\x") else cell for cell in row)
            for row in csv.reader(io.StringIO(done.stdout))]
