/**
 * Lets n8n read some of its libraries when something of them is first used. Read at once in every test file, they are a third of
 * the time that n8n takes to load.
 */

/** Libraries of n8n that few runs use, and whether each is an ES module that was compiled. */
const SELDOM: Record<string, boolean> = {
	'@langchain/core/tools': false,
	// Would read LangChain at once.
	'n8n-core/dist/execution-engine/node-execution-context/utils/ai-tool-types': true,
	chardet: true,
	cron: true,
	'fast-glob': false,
	'form-data': false,
	jsonwebtoken: false,
	ssh2: false,
	transliteration: true,
	undici: false,
	winston: false,
	xml2js: false,
};

/** The module, read late. Its names cannot be listed, which nothing does here. */
function whenUsed(name: string, isEsModule: boolean): object {
	let module: object | undefined;
	const real = () => (module ??= jest.requireActual<object>(name));
	return new Proxy(function () {}, {
		// Compiled code asks for this when it imports the module.
		get: (_target, key): unknown => (key === '__esModule' ? isEsModule : Reflect.get(real(), key)),
		apply: (_target, self, args: unknown[]): unknown =>
			Reflect.apply(real() as () => unknown, self, args),
		construct: (_target, args): object =>
			Reflect.construct(real() as new () => object, args) as object,
	});
}

for (const [name, isEsModule] of Object.entries(SELDOM)) {
	jest.doMock(name, () => whenUsed(name, isEsModule));
}
