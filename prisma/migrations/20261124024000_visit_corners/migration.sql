-- VIS-15: what a contract signed on a visit comes to, so that it is held against the sum of the authority.
ALTER TABLE "visit_report" ADD COLUMN "contract_sum" DECIMAL(14,2);
ALTER TABLE "visit_report" ADD CONSTRAINT "visit_report_contract_sum" CHECK ("contract_sum" IS NULL OR "contract_signed");

-- VIS-06: until when an overdue report does not count against whom the visit was handed on to.
ALTER TABLE "visit" ADD COLUMN "excused_until" TIMESTAMPTZ(3);
