/** Makes every import of cdktf, the provider's included, load cdktn: what the npm alias cdktf@npm:cdktn does. */
import { registerHooks } from "node:module";

registerHooks({
  resolve: (specifier, context, next) =>
    next(/^cdktf($|\/)/.test(specifier) ? specifier.replace(/^cdktf/, "cdktn") : specifier, context),
});
