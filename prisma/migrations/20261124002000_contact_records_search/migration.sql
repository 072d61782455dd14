-- CUS-14: contact records are found by two characters, as visits are, without reading what was said in each.

ALTER TABLE "contact_record" ADD COLUMN "grams" TEXT[] DEFAULT ARRAY[]::TEXT[];
ALTER TABLE "contact_record" ADD COLUMN "search_text" TEXT NOT NULL DEFAULT '';
ALTER TABLE "contact_record" ADD COLUMN "customer_grams" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- What is there already: half-width, lower case, without spaces and punctuation; pieces of one and two characters.
WITH "said" AS (
  SELECT r."id", lower(regexp_replace(normalize(t."text", NFKC), '[\s[:punct:]\u2010-\u2027\u3000-\u3004\u3008-\u3020]', '', 'g')) AS "plain"
  FROM "contact_record" r LEFT JOIN "contact" c ON c."id" = r."contact_id",
    unnest(ARRAY[c."name", r."person", r."content", r."result", r."next_step", r."views", r."business", r."needs", r."letting"]) AS t("text")
  WHERE t."text" IS NOT NULL),
"piece" AS (
  SELECT s."id", array_agg(DISTINCT substr(s."plain", at, n)) AS "grams"
  FROM "said" s, generate_series(1, length(s."plain")) AS at, generate_series(1, 2) AS n GROUP BY s."id"),
"whole" AS (SELECT "id", string_agg("plain", E'\n') AS "text" FROM "said" GROUP BY "id")
UPDATE "contact_record" r SET "grams" = p."grams", "search_text" = w."text"
FROM "piece" p JOIN "whole" w USING ("id") WHERE r."id" = p."id";

UPDATE "contact_record" r SET "customer_grams" = k."pieces" FROM (
  SELECT "id", name_pieces("grams", "name", "initials", "pinyin") AS "pieces" FROM "customer"
  WHERE "id" IN (SELECT "customer_id" FROM "contact_record")) k
WHERE r."customer_id" = k."id";

CREATE FUNCTION "set_contact_record_customer"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- A name that is being changed is waited for: that change would not see this record. Its last contact is written next,
  -- so that the lock is taken as a change takes it.
  NEW."customer_grams" := coalesce((
    SELECT name_pieces("grams", "name", "initials", "pinyin") FROM "customer" WHERE "id" = NEW."customer_id" FOR NO KEY UPDATE), '{}');
  RETURN NEW;
END $$;
CREATE TRIGGER "contact_record_customer" BEFORE INSERT OR UPDATE OF "customer_id" ON "contact_record"
  FOR EACH ROW EXECUTE FUNCTION "set_contact_record_customer"();

CREATE FUNCTION "set_contact_records_customer"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  pieces TEXT[] := name_pieces(NEW."grams", NEW."name", NEW."initials", NEW."pinyin");
BEGIN
  UPDATE "contact_record" SET "customer_grams" = pieces
  WHERE "customer_id" = NEW."id" AND "customer_grams" IS DISTINCT FROM pieces;
  RETURN NULL;
END $$;
CREATE TRIGGER "customer_renamed_of_records" AFTER UPDATE OF "grams", "name", "initials", "pinyin" ON "customer" FOR EACH ROW
  WHEN ((OLD."grams", OLD."name", OLD."initials", OLD."pinyin") IS DISTINCT FROM (NEW."grams", NEW."name", NEW."initials", NEW."pinyin"))
  EXECUTE FUNCTION "set_contact_records_customer"();

-- CreateIndex
CREATE INDEX "contact_record_grams_idx" ON "contact_record" USING GIN ("grams");
CREATE INDEX "contact_record_customer_grams_idx" ON "contact_record" USING GIN ("customer_grams");

-- What waits in a list beside a GIN index is read by every search (performance.md, trap 2).
ALTER INDEX "contact_record_grams_idx" SET (fastupdate = off);
ALTER INDEX "contact_record_customer_grams_idx" SET (fastupdate = off);
ALTER INDEX "visit_grams_idx" SET (fastupdate = off);
ALTER INDEX "visit_companions_idx" SET (fastupdate = off);
ALTER INDEX "market_note_grams_idx" SET (fastupdate = off);
