-- Coverage, promises and reports to be reviewed at size: each list of each place is an ordered walk of an index of its own,
-- and a count reads the index alone (kept by triggers).

-- VIS-10, REL-01: the day from which it is counted: the last contact, of who had none the day of the record.
ALTER TABLE "customer" ADD COLUMN "contact_basis" DATE, ADD COLUMN "manager_contact_basis" DATE;
CREATE FUNCTION "set_contact_basis"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."contact_basis" := coalesce(NEW."contacted_on", (NEW."created_at" AT TIME ZONE 'Asia/Shanghai')::date);
  NEW."manager_contact_basis" := coalesce(NEW."manager_contacted_on", (NEW."created_at" AT TIME ZONE 'Asia/Shanghai')::date);
  RETURN NEW;
END $$;
CREATE TRIGGER "customer_contact_basis" BEFORE INSERT OR UPDATE OF "contacted_on", "manager_contacted_on", "created_at" ON "customer"
  FOR EACH ROW EXECUTE FUNCTION "set_contact_basis"();
UPDATE "customer" SET "contact_basis" = coalesce("contacted_on", ("created_at" AT TIME ZONE 'Asia/Shanghai')::date),
  "manager_contact_basis" = coalesce("manager_contacted_on", ("created_at" AT TIME ZONE 'Asia/Shanghai')::date);

DROP INDEX "customer_due";
DROP INDEX "customer_due_grade_a";
DROP INDEX "customer_due_manager";
CREATE INDEX "customer_due" ON "customer" ("contact_basis", "id") INCLUDE ("grade", "owner_id", "department_id", "region_id")
  WHERE "withdrawn_at" IS NULL AND "life" <> 'lost' AND "life" <> 'void';
CREATE INDEX "customer_due_owner" ON "customer" ("owner_id", "contact_basis", "id")
  INCLUDE ("grade", "manager_contact_basis", "department_id", "region_id")
  WHERE "withdrawn_at" IS NULL AND "life" <> 'lost' AND "life" <> 'void' AND "owner_id" IS NOT NULL;
CREATE INDEX "customer_due_department" ON "customer" ("department_id", "contact_basis", "id") INCLUDE ("grade", "owner_id", "region_id")
  WHERE "withdrawn_at" IS NULL AND "life" <> 'lost' AND "life" <> 'void';
CREATE INDEX "customer_due_region" ON "customer" ("region_id", "contact_basis", "id") INCLUDE ("grade", "owner_id", "department_id")
  WHERE "withdrawn_at" IS NULL AND "life" <> 'lost' AND "life" <> 'void';
CREATE INDEX "customer_due_grade_a" ON "customer" ("contact_basis", "id") INCLUDE ("owner_id", "department_id", "region_id")
  WHERE "withdrawn_at" IS NULL AND "life" <> 'lost' AND "life" <> 'void' AND "grade" = 'A';
CREATE INDEX "customer_due_grade_a_department" ON "customer" ("department_id", "contact_basis", "id") INCLUDE ("owner_id", "region_id")
  WHERE "withdrawn_at" IS NULL AND "life" <> 'lost' AND "life" <> 'void' AND "grade" = 'A';
CREATE INDEX "customer_due_grade_a_region" ON "customer" ("region_id", "contact_basis", "id") INCLUDE ("owner_id", "department_id")
  WHERE "withdrawn_at" IS NULL AND "life" <> 'lost' AND "life" <> 'void' AND "grade" = 'A';
CREATE INDEX "customer_due_manager" ON "customer" ("manager_contact_basis", "id") INCLUDE ("owner_id", "department_id", "region_id")
  WHERE "withdrawn_at" IS NULL AND "life" <> 'lost' AND "life" <> 'void' AND "grade" = 'A';
CREATE INDEX "customer_due_manager_department" ON "customer" ("department_id", "manager_contact_basis", "id") INCLUDE ("owner_id", "region_id")
  WHERE "withdrawn_at" IS NULL AND "life" <> 'lost' AND "life" <> 'void' AND "grade" = 'A';
CREATE INDEX "customer_due_manager_region" ON "customer" ("region_id", "manager_contact_basis", "id") INCLUDE ("owner_id", "department_id")
  WHERE "withdrawn_at" IS NULL AND "life" <> 'lost' AND "life" <> 'void' AND "grade" = 'A';
-- Whose customers lie somewhere: one probe for each person.
CREATE INDEX "customer_owner_places" ON "customer" ("owner_id", "department_id", "region_id")
  WHERE "withdrawn_at" IS NULL AND "owner_id" IS NOT NULL;

-- VIS-07: what stands with its task, whose it is and where its customer lies.
ALTER TABLE "promise" ADD COLUMN "state" "task_state", ADD COLUMN "due_on" DATE, ADD COLUMN "ended_at" TIMESTAMPTZ(3),
  ADD COLUMN "owner_id" BIGINT, ADD COLUMN "owner_department_id" BIGINT, ADD COLUMN "created_by_id" BIGINT,
  ADD COLUMN "customer_owner_id" BIGINT, ADD COLUMN "customer_department_id" BIGINT, ADD COLUMN "customer_region_id" BIGINT;

CREATE FUNCTION "set_promise_places"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Each is waited for while it is being changed: that change would not see this promise. The customer first, as
  -- everywhere.
  SELECT CASE WHEN "withdrawn_at" IS NULL THEN "owner_id" END, CASE WHEN "withdrawn_at" IS NULL THEN "department_id" END, "region_id"
    INTO NEW."customer_owner_id", NEW."customer_department_id", NEW."customer_region_id"
    FROM "customer" WHERE "id" = NEW."customer_id" FOR NO KEY UPDATE;
  SELECT "state", "due_on", "ended_at", "owner_id", "created_by_id"
    INTO NEW."state", NEW."due_on", NEW."ended_at", NEW."owner_id", NEW."created_by_id"
    FROM "task" WHERE "id" = NEW."task_id" FOR NO KEY UPDATE;
  NEW."owner_department_id" := (SELECT "department_id" FROM "staff" WHERE "id" = NEW."owner_id" FOR SHARE);
  RETURN NEW;
END $$;
CREATE TRIGGER "promise_places" BEFORE INSERT OR UPDATE OF "customer_id", "task_id" ON "promise"
  FOR EACH ROW EXECUTE FUNCTION "set_promise_places"();

CREATE FUNCTION "set_promise_task"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "promise" SET "state" = NEW."state", "due_on" = NEW."due_on", "ended_at" = NEW."ended_at", "owner_id" = NEW."owner_id",
    "owner_department_id" = (SELECT "department_id" FROM "staff" WHERE "id" = NEW."owner_id" FOR SHARE)
  WHERE "task_id" = NEW."id";
  RETURN NULL;
END $$;
CREATE TRIGGER "task_of_promise" AFTER UPDATE OF "state", "due_on", "ended_at", "owner_id" ON "task" FOR EACH ROW
  WHEN ((OLD."state", OLD."due_on", OLD."ended_at", OLD."owner_id") IS DISTINCT FROM (NEW."state", NEW."due_on", NEW."ended_at", NEW."owner_id"))
  EXECUTE FUNCTION "set_promise_task"();

CREATE FUNCTION "set_promises_customer"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "promise" SET "customer_owner_id" = CASE WHEN NEW."withdrawn_at" IS NULL THEN NEW."owner_id" END,
    "customer_department_id" = CASE WHEN NEW."withdrawn_at" IS NULL THEN NEW."department_id" END,
    "customer_region_id" = NEW."region_id"
  WHERE "customer_id" = NEW."id";
  RETURN NULL;
END $$;
CREATE TRIGGER "customer_of_promises" AFTER UPDATE OF "owner_id", "department_id", "region_id", "withdrawn_at" ON "customer" FOR EACH ROW
  WHEN ((OLD."owner_id", OLD."department_id", OLD."region_id", OLD."withdrawn_at")
    IS DISTINCT FROM (NEW."owner_id", NEW."department_id", NEW."region_id", NEW."withdrawn_at"))
  EXECUTE FUNCTION "set_promises_customer"();

CREATE FUNCTION "set_promises_department"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "promise" SET "owner_department_id" = NEW."department_id" WHERE "owner_id" = NEW."id";
  RETURN NULL;
END $$;
CREATE TRIGGER "staff_of_promises" AFTER UPDATE OF "department_id" ON "staff" FOR EACH ROW
  WHEN (OLD."department_id" IS DISTINCT FROM NEW."department_id") EXECUTE FUNCTION "set_promises_department"();

UPDATE "promise" p SET "state" = t."state", "due_on" = t."due_on", "ended_at" = t."ended_at", "owner_id" = t."owner_id",
  "created_by_id" = t."created_by_id", "owner_department_id" = o."department_id"
FROM "task" t JOIN "staff" o ON o."id" = t."owner_id" WHERE t."id" = p."task_id";
UPDATE "promise" p SET "customer_owner_id" = CASE WHEN k."withdrawn_at" IS NULL THEN k."owner_id" END,
  "customer_department_id" = CASE WHEN k."withdrawn_at" IS NULL THEN k."department_id" END, "customer_region_id" = k."region_id"
FROM "customer" k WHERE k."id" = p."customer_id";

CREATE INDEX "promise_open" ON "promise" ("due_on", "id") WHERE "state" = 'open';
CREATE INDEX "promise_open_owner" ON "promise" ("owner_id", "due_on", "id") WHERE "state" = 'open';
CREATE INDEX "promise_open_giver" ON "promise" ("created_by_id", "due_on", "id") WHERE "state" = 'open';
CREATE INDEX "promise_open_department" ON "promise" ("owner_department_id", "due_on", "id") WHERE "state" = 'open';
CREATE INDEX "promise_open_customer_owner" ON "promise" ("customer_owner_id", "due_on", "id") WHERE "state" = 'open';
CREATE INDEX "promise_open_customer_department" ON "promise" ("customer_department_id", "due_on", "id") WHERE "state" = 'open';
CREATE INDEX "promise_open_customer_region" ON "promise" ("customer_region_id", "due_on", "id") WHERE "state" = 'open';
CREATE INDEX "promise_ended" ON "promise" ("ended_at" DESC, "id" DESC) WHERE "state" <> 'open';
CREATE INDEX "promise_ended_owner" ON "promise" ("owner_id", "ended_at" DESC, "id" DESC) WHERE "state" <> 'open';
CREATE INDEX "promise_ended_giver" ON "promise" ("created_by_id", "ended_at" DESC, "id" DESC) WHERE "state" <> 'open';
CREATE INDEX "promise_ended_department" ON "promise" ("owner_department_id", "ended_at" DESC, "id" DESC) WHERE "state" <> 'open';
CREATE INDEX "promise_ended_customer_owner" ON "promise" ("customer_owner_id", "ended_at" DESC, "id" DESC) WHERE "state" <> 'open';
CREATE INDEX "promise_ended_customer_department" ON "promise" ("customer_department_id", "ended_at" DESC, "id" DESC) WHERE "state" <> 'open';
CREATE INDEX "promise_ended_customer_region" ON "promise" ("customer_region_id", "ended_at" DESC, "id" DESC) WHERE "state" <> 'open';
-- Who has promises to customers of a place: one probe for each person.
CREATE INDEX "promise_owner_places" ON "promise" ("owner_id", "customer_owner_id", "customer_department_id", "customer_region_id");

-- VIS-06: whether the report waits for the head's word, so that those are found by the visit's own place.
ALTER TABLE "visit" ADD COLUMN "unreviewed" BOOLEAN NOT NULL DEFAULT false;
CREATE FUNCTION "set_visit_unreviewed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "visit" SET "unreviewed" = NEW."reviewed_at" IS NULL
  WHERE "id" = NEW."visit_id" AND "unreviewed" <> (NEW."reviewed_at" IS NULL);
  RETURN NULL;
END $$;
CREATE TRIGGER "visit_report_unreviewed" AFTER INSERT OR UPDATE OF "reviewed_at" ON "visit_report"
  FOR EACH ROW EXECUTE FUNCTION "set_visit_unreviewed"();
UPDATE "visit" SET "unreviewed" = true WHERE "id" IN (SELECT "visit_id" FROM "visit_report" WHERE "reviewed_at" IS NULL);

CREATE INDEX "visit_unreviewed" ON "visit" ("reported_at" DESC, "id" DESC) INCLUDE ("owner_id")
  WHERE "unreviewed" AND "state" = 'reported';
CREATE INDEX "visit_unreviewed_department" ON "visit" ("department_id", "reported_at" DESC, "id" DESC) INCLUDE ("owner_id")
  WHERE "unreviewed" AND "state" = 'reported';
CREATE INDEX "visit_unreviewed_region" ON "visit" ("region_id", "reported_at" DESC, "id" DESC) INCLUDE ("owner_id", "department_id")
  WHERE "unreviewed" AND "state" = 'reported';
