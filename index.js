'use strict';

/**
 * The package's entry point for code. n8n itself does not come this way: it reads the "n8n" field of
 * package.json. Both name the same files; a class is loaded when it is first asked for.
 */
module.exports = {
	nodes: {
		get Kling() {
			return require('./dist/nodes/Kling/Kling.node.js').Kling;
		},
		get KlingTrigger() {
			return require('./dist/nodes/KlingTrigger/KlingTrigger.node.js').KlingTrigger;
		},
	},
	credentials: {
		get KlingApi() {
			return require('./dist/credentials/KlingApi.credentials.js').KlingApi;
		},
	},
};
