import { describe, expect, test } from "@jest/globals";
import { plainSecret } from "../../../rules/identity/plain-secret.ts";
import { verdictsOf } from "../platform.ts";

const SERVICE = "google_cloud_run_v2_service.api";

describe("identity/plain-secret", () => {
  const holds = (name: string, value: string) => verdictsOf(plainSecret, (parts) => parts.env(name, value));

  test("rejects a password, a token and a URL with a password", () => {
    expect(holds("POSTGRES_PASSWORD", "hunter2")).toEqual([`error ${SERVICE}`]);
    expect(holds("STRIPE_API_KEY", "sk_live_abc")).toEqual([`error ${SERVICE}`]);
    expect(holds("DATABASE_URL", "postgresql://api:hunter2@10.60.0.3/orders")).toEqual([`error ${SERVICE}`]);
  });

  test("does not mistake names, paths, switches and empty values for secrets", () => {
    expect(holds("PASSWORD_FILE", "/run/secrets/password")).toEqual([]);
    expect(holds("POSTGRES_PASSWORD", "/secrets/password")).toEqual([]);
    expect(holds("POSTGRES_PASSWORD", "")).toEqual([]);
    expect(holds("POSTGRES_PASSWORD", "db-password")).toEqual([]);
    expect(holds("DB_SECRET", "projects/acme-dev/secrets/db-password")).toEqual([]);
    expect(holds("MAX_TOKENS", "4096")).toEqual([]);
    expect(holds("INPUT_COST_PER_TOKEN", "0.00000015")).toEqual([]);
    expect(holds("PRICE_PER_TOKEN", "12000")).toEqual([]);
    expect(holds("TEMPERATURE_TOKEN", "0.75")).toEqual([]);
    expect(holds("DATABASE_URL", "postgresql://api@10.60.0.3/orders")).toEqual([]);
    expect(holds("POSTGRES_PASSWORD", "${var.password}")).toEqual([]);
  });
});
