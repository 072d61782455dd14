-- Names of their own, so that a query over complaints or customers beside their clocks need not say whose department it means.
ALTER TABLE "deadline" RENAME COLUMN "department_id" TO "complaint_department_id";
ALTER TABLE "deadline" RENAME COLUMN "receiving_department_id" TO "complaint_receiving_id";
ALTER TABLE "deadline" RENAME COLUMN "region_id" TO "complaint_region_id";

CREATE OR REPLACE FUNCTION "set_deadline_place"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Locked as the trigger of the due order will, so that a move at the same time is waited for.
  SELECT "department_id", "receiving_department_id", "region_id"
    INTO NEW."complaint_department_id", NEW."complaint_receiving_id", NEW."complaint_region_id"
    FROM "complaint" WHERE "id" = substr(NEW."subject", 11)::bigint FOR NO KEY UPDATE;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION "set_deadlines_place"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "deadline" SET "complaint_department_id" = NEW."department_id",
    "complaint_receiving_id" = NEW."receiving_department_id", "complaint_region_id" = NEW."region_id"
  WHERE "subject" = 'complaint:' || NEW."id" AND "kind" LIKE 'complaint.%';
  RETURN NULL;
END $$;
