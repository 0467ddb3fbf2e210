"""Statements that try to write, to reach what is not theirs, or to keep the program busy; `{folder}` is writable."""

from __future__ import annotations

WRITES = """
INSERT INTO contacts(name) VALUES ('x')
INSERT INTO main.contact(uid, created_at, display_name, sort_name) VALUES (x'00', 0, 'x', 'x')
UPDATE contact SET first_name = 'x'
UPDATE contacts SET name = 'x'
DELETE FROM contact
DELETE FROM contacts
REPLACE INTO tag(uid, name, created_at, folded_name) VALUES (x'00', 'x', 0, 'x')
WITH doomed AS (SELECT id FROM contact) DELETE FROM contact WHERE id IN (SELECT id FROM doomed)
WITH doomed AS (SELECT id FROM contacts) DELETE FROM contact WHERE id IN (SELECT id FROM doomed)
WITH x AS (SELECT 1) UPDATE contact SET first_name = 'x'
WITH x AS (SELECT 1) INSERT INTO tag SELECT * FROM tag
WITH x AS (SELECT 1) INSERT INTO contacts(name) SELECT 'x'
WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x LIMIT 9) DELETE FROM tag WHERE id IN (SELECT n FROM x)
WITH x AS (SELECT 1) REPLACE INTO setting SELECT * FROM setting
WITH x AS (DELETE FROM contact RETURNING id) SELECT * FROM x
SELECT * FROM (DELETE FROM contact RETURNING id)
/* SELECT */ DELETE FROM contact
-- SELECT 1
 DELETE FROM contact
SELECT 1; DELETE FROM contact
SELECT 1;; DELETE FROM contact
SELECT 1 /* ; */ ; DROP TABLE contact
SELECT 1; SELECT 2
SELECT 1; -- quiet
 DELETE FROM contact
CREATE TABLE loot(a)
CREATE TEMP TABLE loot AS SELECT * FROM contacts
CREATE TABLE loot AS SELECT * FROM contacts
CREATE VIEW loot AS SELECT * FROM contacts
CREATE TEMP VIEW loot AS SELECT * FROM contact
CREATE INDEX loot ON contact(first_name)
CREATE TRIGGER loot AFTER UPDATE ON contact BEGIN DELETE FROM contact; END
CREATE TEMP TRIGGER loot INSTEAD OF INSERT ON contacts BEGIN DELETE FROM contact; END
CREATE VIRTUAL TABLE loot USING fts5(a)
CREATE VIRTUAL TABLE temp.loot USING fts5vocab(main, search_name, row)
DROP TABLE contact
DROP VIEW contacts
DROP VIEW temp.contacts
DROP INDEX ix_contact_sort_name
ALTER TABLE contact RENAME TO gone
ALTER TABLE contact ADD COLUMN loot
ALTER TABLE contact DROP COLUMN notes
INSERT INTO search_name(search_name) VALUES ('rebuild')
INSERT INTO search_name(search_name) VALUES ('delete-all')
INSERT INTO search_name(search_name, rank) VALUES ('merge', 500)
INSERT INTO search_name(search_name, rank) VALUES ('secure-delete', 1)
ATTACH DATABASE '{folder}/loot.db' AS loot
ATTACH '{folder}/loot.db' AS loot KEY ''
ATTACH ':memory:' AS loot
DETACH DATABASE main
VACUUM
VACUUM INTO '{folder}/loot.db'
REINDEX
ANALYZE
BEGIN IMMEDIATE
BEGIN EXCLUSIVE
COMMIT
ROLLBACK
SAVEPOINT loot
RELEASE loot
PRAGMA query_only = OFF
PRAGMA writable_schema = ON
PRAGMA writable_schema = RESET
PRAGMA journal_mode = DELETE
PRAGMA wal_checkpoint(TRUNCATE)
PRAGMA user_version = 7
PRAGMA application_id = 7
PRAGMA secure_delete = OFF
PRAGMA temp_store_directory = '{folder}'
PRAGMA key = 'other'
PRAGMA rekey = 'other'
PRAGMA cipher_export = 'x'
PRAGMA optimize
PRAGMA incremental_vacuum
PRAGMA foreign_keys = OFF
PRAGMA locking_mode = EXCLUSIVE
PRAGMA trusted_schema = ON
EXPLAIN DELETE FROM contact
EXPLAIN SELECT * FROM contacts
EXPLAIN QUERY PLAN SELECT * FROM contacts
EXPLAIN INSERT INTO tag DEFAULT VALUES
UPDATE sqlite_master SET sql = 'x'
UPDATE sqlite_sequence SET seq = 0
DELETE FROM sqlite_temp_schema
WITH x AS (SELECT 1) DELETE FROM sqlite_master
SELECT load_extension('{folder}/loot.so')
SELECT load_extension('{folder}/loot.so', 'entry')
SELECT sqlcipher_export('loot')
SELECT writefile('{folder}/loot.txt', 'x')
SELECT edit('x')
SELECT fts5(x'00')
SELECT fts3_tokenizer('simple')
SELECT fts3_tokenizer('loot', x'0000000000000000')
SELECT rtreecheck('contact')
SELECT optimize(search_name) FROM search_name
SELECT sqlite_rename_table('main', 'x', 'x', 'x', 'x', 'x', 0)
SELECT sqlite_drop_column(0, 'x', 0)
SELECT json_set(custom, '$.x', 1) FROM contact
VALUES (load_extension('x'))
WITH x AS (SELECT load_extension('x')) SELECT * FROM x
SELECT (SELECT count(*) FROM contacts), load_extension('x')
SELECT * FROM contacts ORDER BY load_extension('x')
SELECT name FROM contacts WHERE load_extension('x') IS NULL
SELECT name FROM contacts GROUP BY load_extension('x')
SELECT count(*) FILTER (WHERE load_extension('x')) FROM contacts
SELECT name FROM contacts LIMIT (SELECT load_extension('x'))
"""

REACHES = """
SELECT * FROM contact
SELECT * FROM main.contact
SELECT first_name FROM contact
SELECT count(*) FROM contact
SELECT 1 FROM contact
SELECT 1 FROM setting
SELECT rowid FROM contact
SELECT * FROM setting
SELECT * FROM workspace
SELECT value FROM workspace WHERE name = 'files_key'
SELECT salt FROM entity_salt
SELECT * FROM change
SELECT personal FROM change
SELECT personal FROM changes
SELECT * FROM batch
SELECT * FROM sqlite_master
SELECT * FROM sqlite_schema
SELECT * FROM main.sqlite_schema
SELECT * FROM sqlite_temp_master
SELECT * FROM temp.sqlite_temp_schema
SELECT sql FROM sqlite_temp_schema
SELECT * FROM sqlite_sequence
SELECT * FROM sqlite_stat1
SELECT * FROM search_name
SELECT * FROM search_name WHERE search_name MATCH 'anna'
SELECT * FROM search_name_data
SELECT * FROM opened_by
SELECT * FROM import_job
SELECT * FROM recent
SELECT * FROM user
SELECT * FROM file
SELECT digest FROM files
SELECT * FROM pragma_table_info('contact')
SELECT * FROM pragma_table_list
SELECT * FROM pragma_database_list
SELECT * FROM pragma_cipher_version
SELECT * FROM pragma_key
SELECT * FROM pragma_journal_mode('delete')
SELECT * FROM pragma_query_only('off')
SELECT * FROM pragma_compile_options
SELECT * FROM pragma_function_list
SELECT * FROM json_each('[1]')
SELECT * FROM json_tree('[1]')
SELECT * FROM dbstat
SELECT * FROM sqlite_dbpage
SELECT * FROM bytecode('SELECT 1')
SELECT * FROM tables_used('SELECT * FROM contacts')
SELECT * FROM fts5vocab
SELECT sqlite_version()
SELECT last_insert_rowid()
SELECT changes()
SELECT randomblob(8)
SELECT zeroblob(8)
SELECT json('[1]')
SELECT unhex('00')
SELECT readfile('/etc/passwd')
WITH contacts AS (SELECT * FROM main.setting) SELECT * FROM contacts
WITH contacts AS (SELECT salt FROM main.entity_salt) SELECT * FROM contacts
WITH deals(a) AS (SELECT name FROM main.workspace) SELECT * FROM deals, contacts
WITH "hidden contacts" AS (SELECT * FROM main.setting) SELECT * FROM "hidden contacts"
WITH contacts AS (SELECT * FROM main.contact), x AS (SELECT * FROM contacts) SELECT * FROM x
WITH RECURSIVE contacts(n) AS (SELECT name FROM main.setting UNION SELECT n FROM contacts) SELECT n FROM contacts
SELECT * FROM (SELECT * FROM setting) AS contacts
SELECT (SELECT value FROM setting LIMIT 1) FROM contacts
SELECT name FROM contacts WHERE id IN (SELECT id FROM contact)
SELECT name FROM contacts WHERE EXISTS (SELECT 1 FROM setting)
SELECT name FROM contacts c JOIN setting s
SELECT name FROM contacts UNION SELECT value FROM setting
SELECT name FROM contacts ORDER BY (SELECT value FROM setting)
SELECT count(*) OVER (ORDER BY (SELECT value FROM setting)) FROM contacts
SELECT contacts.first_name, contact.first_name FROM contacts, contact
SELECT 1 FROM contacts JOIN main.contact USING (id)
SELECT value FROM (SELECT 'x' AS value) FULL JOIN main.setting USING (value)
SELECT value FROM (SELECT 'x' AS value) NATURAL FULL JOIN main.setting
SELECT name FROM contacts NATURAL JOIN main.contact
SELECT CASE WHEN (SELECT count(*) FROM entity_salt) THEN 1 END
SELECT * FROM contacts, pragma_table_info('contact')
VALUES ((SELECT value FROM setting))
"""

_LONG = "(SELECT printf('%.*c', 4000000, 'a'))"
BOMBS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT * FROM n ORDER BY i DESC",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n) SELECT max(i) FROM n",
    "WITH RECURSIVE n(s) AS (SELECT 'ab' UNION ALL SELECT s || s FROM n) SELECT max(length(s)) FROM n",
    "WITH RECURSIVE n(s) AS (SELECT printf('%.*c', 9000000, 'x') UNION ALL SELECT s FROM n) SELECT s FROM n ORDER BY s",
    "WITH RECURSIVE n(s) AS (SELECT printf('%.*c', 900000, 'x') UNION ALL SELECT s FROM n) "
    "SELECT length(group_concat(s)) FROM n",
    "SELECT printf('%.*c', 2000000000, 'x')",
    "SELECT printf('%2000000000d', 1)",
    "SELECT format('%.*c%.*c%.*c', 400000000, 'x', 400000000, 'x', 400000000, 'x')",
    "SELECT hex(printf('%.*c', 300000000, 'x'))",
    "SELECT quote(printf('%.*c', 300000000, ''''))",
    "SELECT replace(printf('%.*c', 4000000, 'a'), 'a', printf('%.*c', 4000000, 'b'))",
    f"SELECT {_LONG} || {_LONG} LIKE '%' || substr({_LONG}, 1, 40000) || 'b'",
    f"SELECT trim({_LONG}, {_LONG})",
    "SELECT " + "+".join("1" * 5000),
    "SELECT 1" + " UNION ALL SELECT 1" * 600,
    "SELECT * FROM " + ", ".join(["contacts"] * 70),
    "WITH "
    + ", ".join(
        f"t{n} AS (SELECT a.* FROM t{n - 1} a, t{n - 1} b)" if n else "t0 AS (SELECT * FROM contacts)"
        for n in range(40)
    )
    + " SELECT count(*) FROM t39",
    "SELECT '" + "x" * 200_000 + "'",
)
"""What takes too long, too much memory, or is too deep: each ends as a refusal."""


HEAVY = (
    "WITH n AS (SELECT a.seq FROM changes a, changes b, changes c, changes d, changes e, changes f, changes g) "
    "SELECT count(*) FROM n, n, n",
    f"SELECT {_LONG} LIKE '{'%a' * 400}%b'",
    f"SELECT replace({_LONG}, substr({_LONG}, 1, 2000000) || 'b', '')",
    f"SELECT instr({_LONG}, substr({_LONG}, 1, 2000000) || 'b')",
    "SELECT * FROM contacts WHERE " + "(" * 2000 + "1" + ")" * 2000,
    "SELECT " + "+".join("1" * 900),
)
"""What would take hours if it were done as SQLite does it, or looks as if: each ends soon, however it ends."""

JOINS = (
    "SELECT value FROM (SELECT 'x' AS value) FULL JOIN setting USING (value)",
    "SELECT value FROM (SELECT 'x' AS value) NATURAL FULL JOIN setting",
    "SELECT value FROM setting NATURAL FULL JOIN (SELECT 'x' AS value)",
    "SELECT value FROM (SELECT '\"swordfish\"' AS value) JOIN setting USING (value)",
    "SELECT id FROM (SELECT 2 AS id) NATURAL JOIN contact",
    "SELECT salt FROM (SELECT 1 AS salt) NATURAL FULL JOIN entity_salt",
    "SELECT name, seq FROM (SELECT 1 AS name) NATURAL FULL JOIN sqlite_sequence",
    "SELECT name FROM (SELECT 1 AS name) NATURAL FULL JOIN sqlite_sequence",
    "SELECT tbl FROM (SELECT 1 AS tbl) NATURAL FULL JOIN sqlite_stat1",
    "SELECT sample FROM (SELECT 1 AS sample) NATURAL FULL JOIN sqlite_stat4",
    "SELECT sql FROM (SELECT 1 AS sql) NATURAL FULL JOIN sqlite_schema",
    "SELECT name FROM (SELECT 1 AS name) NATURAL FULL JOIN sqlite_temp_schema",
)
"""Joins by equal names, of whose columns SQLite asks no authorizer: refused, or answered without the file."""


def statements(text: str) -> list[str]:
    """The statements of a list above; a line that begins with a space belongs to the one before it."""
    found: list[str] = []
    for line in text.strip().split("\n"):
        if line.startswith(" "):
            found[-1] += "\n" + line[1:]
        else:
            found.append(line)
    return found
