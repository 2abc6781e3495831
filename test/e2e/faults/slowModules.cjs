/**
 * An external hook file of n8n (EXTERNAL_HOOK_FILES) without hooks. n8n 2.41.1 goes on with executions whose deadline is
 * past while it still loads its modules, and fails those that come between the two halves of its module "otel". This
 * puts time between the halves, so that what is rare happens for sure.
 */
const n8n = require.main;
const { ModuleRegistry } = n8n.require('@n8n/backend-common');

const SLOW_MS = 3000;
const { initModules } = ModuleRegistry.prototype;

n8n.require('../dist/modules/otel/otel-lifecycle-handler.js');
ModuleRegistry.prototype.initModules = async function (...types) {
	await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
	return await initModules.apply(this, types);
};
