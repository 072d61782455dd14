-- Who owns the customer of a visit, and where the customer of a contact record lies, stand with the visit and the record, so
-- that everybody's own list is an ordered walk of an index (PRV-02; kept by triggers).

ALTER TABLE "visit" ADD COLUMN "customer_owner_id" BIGINT;
ALTER TABLE "contact_record" ADD COLUMN "customer_owner_id" BIGINT;
ALTER TABLE "contact_record" ADD COLUMN "customer_department_id" BIGINT;
ALTER TABLE "contact_record" ADD COLUMN "customer_region_id" BIGINT;

UPDATE "visit" v SET "customer_owner_id" = k."owner_id" FROM "customer" k WHERE k."id" = v."customer_id" AND k."owner_id" IS NOT NULL;
UPDATE "contact_record" r SET "customer_owner_id" = k."owner_id", "customer_department_id" = k."department_id",
  "customer_region_id" = k."region_id" FROM "customer" k WHERE k."id" = r."customer_id";

CREATE FUNCTION "set_visit_customer"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- An owner who is being changed is waited for: that change would not see this visit.
  NEW."customer_owner_id" := (SELECT "owner_id" FROM "customer" WHERE "id" = NEW."customer_id" FOR NO KEY UPDATE);
  RETURN NEW;
END $$;
CREATE TRIGGER "visit_customer" BEFORE INSERT OR UPDATE OF "customer_id" ON "visit"
  FOR EACH ROW EXECUTE FUNCTION "set_visit_customer"();

CREATE OR REPLACE FUNCTION "set_contact_record_customer"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- A customer that is being changed is waited for: that change would not see this record. Its last contact is written
  -- next, so that the lock is taken as a change takes it.
  SELECT "owner_id", "department_id", "region_id", name_pieces("grams", "name", "initials", "pinyin")
    INTO NEW."customer_owner_id", NEW."customer_department_id", NEW."customer_region_id", NEW."customer_grams"
    FROM "customer" WHERE "id" = NEW."customer_id" FOR NO KEY UPDATE;
  RETURN NEW;
END $$;

CREATE FUNCTION "set_customer_of_visits"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "contact_record" SET "customer_owner_id" = NEW."owner_id", "customer_department_id" = NEW."department_id",
    "customer_region_id" = NEW."region_id" WHERE "customer_id" = NEW."id";
  IF NEW."owner_id" IS DISTINCT FROM OLD."owner_id" THEN
    UPDATE "visit" SET "customer_owner_id" = NEW."owner_id" WHERE "customer_id" = NEW."id";
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "customer_moved" AFTER UPDATE OF "owner_id", "department_id", "region_id" ON "customer" FOR EACH ROW
  WHEN ((OLD."owner_id", OLD."department_id", OLD."region_id") IS DISTINCT FROM (NEW."owner_id", NEW."department_id", NEW."region_id"))
  EXECUTE FUNCTION "set_customer_of_visits"();

-- CreateIndex
CREATE INDEX "visit_customer_owner_id_starts_at_id_idx" ON "visit"("customer_owner_id", "starts_at" DESC, "id" DESC);
CREATE INDEX "contact_record_customer_owner_id_at_id_idx" ON "contact_record"("customer_owner_id", "at" DESC, "id" DESC);
CREATE INDEX "contact_record_customer_department_id_at_id_idx" ON "contact_record"("customer_department_id", "at" DESC, "id" DESC);
CREATE INDEX "contact_record_customer_region_id_at_id_idx" ON "contact_record"("customer_region_id", "at" DESC, "id" DESC);
CREATE INDEX "contact_record_region_id_at_id_idx" ON "contact_record"("region_id", "at" DESC, "id" DESC);
