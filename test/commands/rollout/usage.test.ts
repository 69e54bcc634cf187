import { describe, expect, test } from "@jest/globals";
import { UserError } from "../../../platform/user-error.ts";
import { chosenServices } from "../../../rollout/chosen-services.ts";
import { emptyLedger, type Ledger } from "../../../rollout/ledger.ts";
import { startRollout } from "../../../rollout/lifecycle.ts";
import { observeOnce } from "../../../rollout-adapters/observe-services.ts";
import { environment } from "../../support/environments.ts";

const blind = async (): Promise<never> => {
  throw new UserError("There are no Google credentials.");
};
const stored = (ledger: Ledger | null) => async () => ({ ledger, generation: "1" });
const underWay = startRollout(
  emptyLedger("staging"),
  { id: "t", order: ["auth"], steps: [100], again: false, images: { auth: "i" }, holder: "h", lease: 1 },
  0,
);

describe("before the first context", () => {
  test("a ledger or a service that cannot be looked at ends the command", async () => {
    await expect(observeOnce({ readLedger: blind, observe: blind })).rejects.toThrow(UserError);
    await expect(observeOnce({ readLedger: stored(underWay), observe: blind })).rejects.toThrow(UserError);
    await expect(observeOnce({ readLedger: stored(null), observe: blind }, ["auth"])).rejects.toThrow(
      UserError,
    );
  });

  test("where there is nothing to go on with, nothing is asked", async () => {
    await expect(observeOnce({ readLedger: stored(null), observe: blind })).resolves.toBeUndefined();
  });
});

describe("names of services", () => {
  test("stand for all where there are none, and are refused where the environment has none such", () => {
    const units = environment().services.map((service) => ({ name: service.name, service }));
    const all = units.map(({ name }) => name);
    expect(chosenServices("staging", units, [])).toEqual(all);
    expect(() => chosenServices("staging", units, ["auth", "nosuch"])).toThrow(
      `staging has no service "nosuch": its services are ${all.join(", ")}.`,
    );
  });
});
