-- Complaints of a sales person's customers, in the order of the lists: an index answers alone, as it does for departments.
CREATE INDEX "complaint_open_customer" ON "complaint" ("customer_id", "priority", "due_at", "id") INCLUDE ("accused")
  WHERE "state" NOT IN ('closed', 'void');
CREATE INDEX "complaint_closed_customer" ON "complaint" ("customer_id", "received_at" DESC, "id" DESC) INCLUDE ("accused") WHERE "state" = 'closed';
