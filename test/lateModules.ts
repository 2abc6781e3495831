/**
 * Lets n8n read some of its libraries when something of them is first used. Read at once in every test file, they are a third of
 * the time that n8n takes to load.
 */

/** Libraries of n8n that few runs use. True: compiled from an ES module, so that importers look for `__esModule`. */
export const SELDOM: Record<string, boolean> = {
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
	const late: object = new Proxy(function () {}, {
		// Compiled code asks for this when it imports the module.
		get: (_target, key): unknown => (key === '__esModule' ? isEsModule : Reflect.get(real(), key)),
		apply: (_target, self, args: unknown[]): unknown =>
			Reflect.apply(real() as () => unknown, self, args),
		construct: (_target, args, newTarget): object =>
			Reflect.construct(
				real() as new () => object,
				args,
				(newTarget === late ? real() : newTarget) as new () => object,
			) as object,
		set: (_target, key, value) => Reflect.set(real(), key, value),
		has: (_target, key) => Reflect.has(real(), key),
	});
	return late;
}

for (const [name, isEsModule] of Object.entries(SELDOM)) {
	jest.doMock(name, () => whenUsed(name, isEsModule));
}
