import path from "node:path";
import { healthSchema } from "../platform/health/health-schema.ts";

export const HEALTH_SCHEMA_FILE = path.join("docs", "health-infrastructure.schema.json");

/** The schema as it is written down, for services in any language. */
export function healthSchemaDocument(): string {
  return `${JSON.stringify(healthSchema(), null, 2)}\n`;
}
