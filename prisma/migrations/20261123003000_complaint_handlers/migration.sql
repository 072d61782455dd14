-- CMP-11: everybody who ever handled a complaint: nobody of these asks the customer, or ends it alone.
CREATE TABLE "complaint_handler" (
    "id" BIGSERIAL NOT NULL,
    "complaint_id" BIGINT NOT NULL,
    "staff_id" BIGINT NOT NULL,
    "taken_back" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "complaint_handler_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "complaint_handler_complaint_id_idx" ON "complaint_handler"("complaint_id");

-- AddForeignKey
ALTER TABLE "complaint_handler" ADD CONSTRAINT "complaint_handler_complaint_id_fkey" FOREIGN KEY ("complaint_id") REFERENCES "complaint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER "complaint_handler_kept" BEFORE UPDATE OR DELETE ON "complaint_handler"
  FOR EACH ROW EXECUTE FUNCTION "keep_complaint_line"();

-- By whatever way a complaint comes to a handler, it stands here.
CREATE FUNCTION "keep_complaint_handler"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "complaint_handler" ("complaint_id", "staff_id") VALUES (NEW."id", NEW."owner_id");
  RETURN NULL;
END $$;
CREATE TRIGGER "complaint_handler_first" AFTER INSERT ON "complaint" FOR EACH ROW
  WHEN (NEW."owner_id" IS NOT NULL) EXECUTE FUNCTION "keep_complaint_handler"();
CREATE TRIGGER "complaint_handler_next" AFTER UPDATE OF "owner_id" ON "complaint" FOR EACH ROW
  WHEN (NEW."owner_id" IS NOT NULL AND NEW."owner_id" IS DISTINCT FROM OLD."owner_id")
  EXECUTE FUNCTION "keep_complaint_handler"();

-- What is there already: the handlers of today, and those before them as the trail knows them. A line of the trail names
-- the one before by id, the next one by name; where two have the name, neither is taken for the other.
INSERT INTO "complaint_handler" ("complaint_id", "staff_id")
  SELECT "id", "owner_id" FROM "complaint" WHERE "owner_id" IS NOT NULL;
WITH "line" AS (
  SELECT substr("subject", 11)::bigint AS "complaint_id", "action", "before", "after" FROM "audit_entry"
  WHERE "action" IN ('complaint.assigned', 'complaint.assignment_undone', 'complaint.handed_over')
    AND "subject" ~ '^complaint:[0-9]{1,18}$'),
"named" AS (SELECT "name", min("id") AS "id" FROM "staff" GROUP BY "name" HAVING count(*) = 1),
"kept" AS (
  SELECT "complaint_id", ("before" #>> '{ids,owner}')::bigint AS "staff_id", "action" = 'complaint.assignment_undone' AS "taken_back"
  FROM "line" WHERE "before" #>> '{ids,owner}' IS NOT NULL
  UNION ALL
  SELECT "complaint_id", "named"."id", false FROM "line" JOIN "named" ON "named"."name" = "after" ->> 'owner'
  WHERE "action" <> 'complaint.assignment_undone'
  UNION ALL
  SELECT "complaint_id", "named"."id", false FROM "line" JOIN "named" ON "named"."name" = "before" ->> 'owner'
  WHERE "action" = 'complaint.handed_over')
INSERT INTO "complaint_handler" ("complaint_id", "staff_id", "taken_back")
  SELECT "kept".* FROM "kept" JOIN "complaint" ON "complaint"."id" = "kept"."complaint_id" JOIN "staff" ON "staff"."id" = "kept"."staff_id";
