-- Lists of who reaches half of a million complaints: a department's head, a region's manager.

-- Where the complaint of a clock lies, so that the clocks of a place are found by an index of their own.
ALTER TABLE "deadline" ADD COLUMN "department_id" BIGINT;
ALTER TABLE "deadline" ADD COLUMN "receiving_department_id" BIGINT;
ALTER TABLE "deadline" ADD COLUMN "region_id" BIGINT;

UPDATE "deadline" d SET ("department_id", "receiving_department_id", "region_id") =
  ROW(c."department_id", c."receiving_department_id", c."region_id")
FROM "complaint" c WHERE d."kind" LIKE 'complaint.%'
  AND c."id" = CASE WHEN d."subject" ~ '^complaint:[0-9]{1,18}$' THEN substr(d."subject", 11)::bigint END;

CREATE FUNCTION "set_deadline_place"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Locked as the trigger of the due order will, so that a move at the same time is waited for.
  SELECT "department_id", "receiving_department_id", "region_id"
    INTO NEW."department_id", NEW."receiving_department_id", NEW."region_id"
    FROM "complaint" WHERE "id" = substr(NEW."subject", 11)::bigint FOR NO KEY UPDATE;
  RETURN NEW;
END $$;
CREATE TRIGGER "deadline_place" BEFORE INSERT ON "deadline" FOR EACH ROW
  WHEN (NEW."kind" LIKE 'complaint.%' AND NEW."subject" ~ '^complaint:[0-9]{1,18}$') EXECUTE FUNCTION "set_deadline_place"();

CREATE FUNCTION "set_deadlines_place"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "deadline" SET "department_id" = NEW."department_id",
    "receiving_department_id" = NEW."receiving_department_id", "region_id" = NEW."region_id"
  WHERE "subject" = 'complaint:' || NEW."id" AND "kind" LIKE 'complaint.%';
  RETURN NULL;
END $$;
CREATE TRIGGER "complaint_moved" AFTER UPDATE OF "department_id", "receiving_department_id", "region_id" ON "complaint"
  FOR EACH ROW WHEN ((OLD."department_id", OLD."receiving_department_id", OLD."region_id")
    IS DISTINCT FROM (NEW."department_id", NEW."receiving_department_id", NEW."region_id"))
  EXECUTE FUNCTION "set_deadlines_place"();

-- A count reads these alone: what tells its state, and by which way before it was counted already, stands in them.
CREATE INDEX "deadline_running_department" ON "deadline" ("department_id", "due_at", "id") INCLUDE ("soon_at", "paused_at")
  WHERE "met_at" IS NULL AND "cancelled_at" IS NULL AND "department_id" IS NOT NULL;
CREATE INDEX "deadline_running_receiving" ON "deadline" ("receiving_department_id", "due_at", "id")
  INCLUDE ("soon_at", "paused_at", "department_id")
  WHERE "met_at" IS NULL AND "cancelled_at" IS NULL AND "receiving_department_id" IS NOT NULL;
CREATE INDEX "deadline_running_region" ON "deadline" ("region_id", "due_at", "id")
  INCLUDE ("soon_at", "paused_at", "department_id", "receiving_department_id")
  WHERE "met_at" IS NULL AND "cancelled_at" IS NULL AND "region_id" IS NOT NULL;
CREATE INDEX "deadline_ended_department" ON "deadline" ("department_id", "id")
  WHERE ("met_at" IS NOT NULL OR "cancelled_at" IS NOT NULL) AND "department_id" IS NOT NULL;
CREATE INDEX "deadline_ended_receiving" ON "deadline" ("receiving_department_id", "id") INCLUDE ("department_id")
  WHERE ("met_at" IS NOT NULL OR "cancelled_at" IS NOT NULL) AND "receiving_department_id" IS NOT NULL;
CREATE INDEX "deadline_ended_region" ON "deadline" ("region_id", "id") INCLUDE ("department_id", "receiving_department_id")
  WHERE ("met_at" IS NOT NULL OR "cancelled_at" IS NOT NULL) AND "region_id" IS NOT NULL;

-- A person's own: those of complaints, and everything else.
CREATE INDEX "deadline_running_handler" ON "deadline" ("owner_id", "due_at", "id") INCLUDE ("soon_at", "paused_at")
  WHERE "met_at" IS NULL AND "cancelled_at" IS NULL AND "owner_id" IS NOT NULL AND "kind" LIKE 'complaint.%';
CREATE INDEX "deadline_running_person" ON "deadline" ("owner_id", "due_at", "id")
  WHERE "met_at" IS NULL AND "cancelled_at" IS NULL AND "owner_id" IS NOT NULL AND "subject" NOT LIKE 'complaint:%';
CREATE INDEX "deadline_ended_handler" ON "deadline" ("owner_id", "id")
  WHERE ("met_at" IS NOT NULL OR "cancelled_at" IS NOT NULL) AND "owner_id" IS NOT NULL AND "kind" LIKE 'complaint.%';
CREATE INDEX "deadline_ended_person" ON "deadline" ("owner_id", "id")
  WHERE ("met_at" IS NOT NULL OR "cancelled_at" IS NOT NULL) AND "owner_id" IS NOT NULL AND "subject" NOT LIKE 'complaint:%';

-- The same of complaints: what a department, a region or a person has closed or missed.
CREATE INDEX "complaint_closed_department" ON "complaint" ("department_id", "received_at" DESC, "id" DESC) INCLUDE ("accused")
  WHERE "state" = 'closed';
CREATE INDEX "complaint_closed_receiving" ON "complaint" ("receiving_department_id", "received_at" DESC, "id" DESC) INCLUDE ("accused")
  WHERE "state" = 'closed';
CREATE INDEX "complaint_closed_region" ON "complaint" ("region_id", "received_at" DESC, "id" DESC) INCLUDE ("accused")
  WHERE "state" = 'closed';
CREATE INDEX "complaint_breached_department" ON "complaint" ("department_id", "priority", "due_at", "id") INCLUDE ("accused")
  WHERE "state" NOT IN ('closed', 'void') AND "breached";
CREATE INDEX "complaint_breached_receiving" ON "complaint" ("receiving_department_id", "priority", "due_at", "id") INCLUDE ("accused")
  WHERE "state" NOT IN ('closed', 'void') AND "breached";
CREATE INDEX "complaint_breached_region" ON "complaint" ("region_id", "priority", "due_at", "id") INCLUDE ("accused")
  WHERE "state" NOT IN ('closed', 'void') AND "breached";
CREATE INDEX "complaint_level_department" ON "complaint" ("department_id", "level", "priority", "due_at", "id") INCLUDE ("accused")
  WHERE "state" NOT IN ('closed', 'void') AND "level" <> 'general';
CREATE INDEX "complaint_level_receiving" ON "complaint" ("receiving_department_id", "level", "priority", "due_at", "id") INCLUDE ("accused")
  WHERE "state" NOT IN ('closed', 'void') AND "level" <> 'general';
CREATE INDEX "complaint_closed_breached" ON "complaint" ("received_at" DESC, "id" DESC) INCLUDE ("accused")
  WHERE "state" = 'closed' AND "breached";
