import { z } from "zod";
import { symptoms } from "../operations/symptoms.ts";
import { choice, text } from "./leaf.ts";
import { section } from "./section.ts";

/** What happened before, for whoever sees the same symptom. */
const incident = section({
  /** Page of the runbook, docs/runbook.md. */
  symptom: choice(
    symptoms.map(({ id }) => id),
    "a page of the runbook",
  ),
  /** A sentence. */
  note: text({
    pattern: /^\S.{8,298}\S$/,
    allowed: "a sentence of 10 to 300 characters on one line",
    fix: 'write for example "2026-03-04: 1,150 connections for 1,000 slots, after a pool was doubled."',
  }),
});

/** What operators read in addition to what is derived. */
export const operations = section({
  /** Address of the published runbook, docs/runbook/<name>.md, for links in notifications. @default the file's path, without a link */
  runbook: text({
    pattern: /^https:\/\/[a-z0-9.-]+\/[A-Za-z0-9\-._~/]*$/,
    allowed: "an https:// address without a query or an anchor",
    fix: 'write for example "https://github.com/acme/platform/blob/main/docs/runbook/production.md"',
    placeholder: "https://placeholder.example.com/",
  }).optional(),
  /** Past incidents: alerts and pages of the runbook repeat them at their symptom. @default none */
  incidents: z.array(incident).default([]),
});
