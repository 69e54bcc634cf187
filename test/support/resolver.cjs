/** The models of Kubernetes are published as ES modules only, which tests run as CommonJS like everything else. */
module.exports = (request, options) =>
  options.defaultResolver(
    request,
    /^(@kubernetes-models\/|kubernetes-models\/)/.test(request)
      ? { ...options, conditions: [...options.conditions, "import"] }
      : options,
  );
