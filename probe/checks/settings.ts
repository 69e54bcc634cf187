import { type Check, type Context, failed, passed } from "../check.ts";

/** Deadlines and sizes in force against those written: 20 s ran where 75 s stood in the configuration (I-4). */
export function settingsCheck({ plan, variables }: Context): Check {
  return {
    name: "settings/in-force",
    category: "settings",
    needs: [],
    seconds: plan.seconds.request,
    run: async () => {
      const written = Object.entries(plan.settings);
      const wrong = written
        .filter(([name, value]) => variables[name] !== value)
        .map(([name, value]) => `${name} is ${variables[name] ?? "not set"}, written is ${value}`);
      if (wrong.length > 0)
        return failed("application", `${wrong.join("; ")}: something overrides what the platform sets`);
      return passed(`${written.length} deadlines and sizes are as written`);
    },
  };
}
