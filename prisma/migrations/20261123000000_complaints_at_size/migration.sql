-- Lists, counts and search of a million complaints.

ALTER TABLE "complaint" ADD COLUMN "customer_grams" TEXT[] DEFAULT ARRAY[]::TEXT[];
ALTER TABLE "complaint" ADD COLUMN "breached" BOOLEAN NOT NULL DEFAULT false;

-- CUS-14: of the pieces by which a customer is found those of its name, so that its complaints are found by it without
-- asking for the customer: `'` marks a syllable.
CREATE FUNCTION "name_pieces"("pieces" TEXT[], "name" TEXT, "initials" TEXT, "pinyin" TEXT) RETURNS TEXT[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(piece), '{}') FROM unnest($1) AS piece, lower($2) AS named,
    LATERAL (SELECT CASE WHEN left(piece, 1) = '''' THEN substr(piece, 2) ELSE piece END AS bare) AS b
  WHERE strpos(named, lower(bare)) > 0 OR strpos($3, bare) > 0 OR strpos($4, bare) > 0
$$;

UPDATE "complaint" c SET "customer_grams" = k."pieces" FROM (
  SELECT "id", name_pieces("grams", "name", "initials", "pinyin") AS "pieces" FROM "customer"
  WHERE "id" IN (SELECT "customer_id" FROM "complaint")) k
WHERE c."customer_id" = k."id";
UPDATE "complaint" c SET "breached" = true WHERE EXISTS (
  SELECT FROM "deadline" d WHERE d."subject" = 'complaint:' || c."id" AND d."kind" LIKE 'complaint.%' AND d."breached_at" IS NOT NULL);

CREATE FUNCTION "set_complaint_customer"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW."customer_id" IS NOT DISTINCT FROM OLD."customer_id" THEN
    RETURN NEW;
  END IF;
  -- A name that is being changed is waited for: that change would not see this complaint.
  NEW."customer_grams" := coalesce((
    SELECT name_pieces("grams", "name", "initials", "pinyin") FROM "customer" WHERE "id" = NEW."customer_id" FOR SHARE), '{}');
  RETURN NEW;
END $$;
CREATE TRIGGER "complaint_customer" BEFORE INSERT OR UPDATE OF "customer_id" ON "complaint"
  FOR EACH ROW EXECUTE FUNCTION "set_complaint_customer"();

CREATE FUNCTION "set_complaints_customer"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  pieces TEXT[] := name_pieces(NEW."grams", NEW."name", NEW."initials", NEW."pinyin");
BEGIN
  UPDATE "complaint" SET "customer_grams" = pieces WHERE "customer_id" = NEW."id" AND "customer_grams" IS DISTINCT FROM pieces;
  RETURN NULL;
END $$;
CREATE TRIGGER "customer_renamed" AFTER UPDATE OF "grams", "name", "initials", "pinyin" ON "customer" FOR EACH ROW
  WHEN ((OLD."grams", OLD."name", OLD."initials", OLD."pinyin") IS DISTINCT FROM (NEW."grams", NEW."name", NEW."initials", NEW."pinyin"))
  EXECUTE FUNCTION "set_complaints_customer"();

-- CMP-15: a breach is never taken back, and neither is that there was one.
CREATE FUNCTION "set_complaint_breached"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "complaint" SET "breached" = true WHERE "id" = substr(NEW."subject", 11)::bigint AND NOT "breached";
  RETURN NULL;
END $$;
CREATE TRIGGER "deadline_breached_of_complaint" AFTER INSERT OR UPDATE OF "breached_at" ON "deadline" FOR EACH ROW
  WHEN (NEW."breached_at" IS NOT NULL AND NEW."kind" LIKE 'complaint.%' AND NEW."subject" ~ '^complaint:[0-9]{1,18}$')
  EXECUTE FUNCTION "set_complaint_breached"();

-- CreateIndex
CREATE INDEX "complaint_customer_grams_idx" ON "complaint" USING GIN ("customer_grams");

-- What waits in a list beside a GIN index is read by every search (performance.md, trap 2).
ALTER INDEX "complaint_customer_grams_idx" SET (fastupdate = off);
ALTER INDEX "complaint_grams_idx" SET (fastupdate = off);
ALTER INDEX "complaint_phone_digits_idx" SET (fastupdate = off);

-- `accused` stands in each, so that a count of what somebody sees reads the index alone.
DROP INDEX "complaint_open_owner", "complaint_open_department", "complaint_open_receiver", "complaint_open_receiving",
  "complaint_open_region", "complaint_open_level";
CREATE INDEX "complaint_open_owner" ON "complaint" ("owner_id", "priority", "due_at", "id") INCLUDE ("accused")
  WHERE "state" NOT IN ('closed', 'void');
CREATE INDEX "complaint_open_department" ON "complaint" ("department_id", "priority", "due_at", "id") INCLUDE ("accused")
  WHERE "state" NOT IN ('closed', 'void');
CREATE INDEX "complaint_open_receiver" ON "complaint" ("received_by_id", "priority", "due_at", "id") INCLUDE ("accused")
  WHERE "state" NOT IN ('closed', 'void');
CREATE INDEX "complaint_open_receiving" ON "complaint" ("receiving_department_id", "priority", "due_at", "id") INCLUDE ("accused")
  WHERE "state" NOT IN ('closed', 'void');
CREATE INDEX "complaint_open_region" ON "complaint" ("region_id", "priority", "due_at", "id") INCLUDE ("accused")
  WHERE "state" NOT IN ('closed', 'void');
CREATE INDEX "complaint_open_level" ON "complaint" ("level", "priority", "due_at", "id") INCLUDE ("accused")
  WHERE "state" NOT IN ('closed', 'void');
CREATE INDEX "complaint_open_breached" ON "complaint" ("priority", "due_at", "id") INCLUDE ("accused")
  WHERE "state" NOT IN ('closed', 'void') AND "breached";
CREATE INDEX "complaint_breached" ON "complaint" ("received_at" DESC, "id" DESC) INCLUDE ("accused") WHERE "breached";
CREATE INDEX "complaint_closed_received" ON "complaint" ("received_at" DESC, "id" DESC) INCLUDE ("accused") WHERE "state" = 'closed';
CREATE INDEX "complaint_accused" ON "complaint" USING GIN ("accused") WITH (fastupdate = off) WHERE "accused" <> '{}';

-- The list of deadlines: of a person, of a complaint, and of customers whom nobody owns but who entered them.
CREATE INDEX "deadline_running_owner" ON "deadline" ("owner_id", "due_at", "id")
  WHERE "met_at" IS NULL AND "cancelled_at" IS NULL AND "owner_id" IS NOT NULL;
CREATE INDEX "deadline_complaint" ON "deadline"
  ((CASE WHEN "subject" ~ '^complaint:[0-9]{1,18}$' THEN substr("subject", 11)::bigint END)) WHERE "kind" LIKE 'complaint.%';
CREATE INDEX "customer_unowned" ON "customer" ("created_by_id", "id") WHERE "owner_id" IS NULL;
