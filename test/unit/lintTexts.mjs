/**
 * Lints texts as if they stood in our files, all in one process, because loading the rules and the types takes
 * seconds. Standard input: `[{ filePath, code }]`. Standard output: the messages of each, in the same order.
 */
import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';

// Only published files are linted here, and without the tests there are far fewer types to read.
const eslint = new ESLint({
	overrideConfig: {
		files: ['**/*.ts'],
		languageOptions: { parserOptions: { project: './tsconfig.build.json' } },
	},
});
const results = [];
for (const { filePath, code } of JSON.parse(await text(process.stdin))) {
	const [result] = await eslint.lintText(code, { filePath });
	results.push(result.messages);
}
process.stdout.write(JSON.stringify(results));
