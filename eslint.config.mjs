/**
 * What n8n asks of a community package, all of it, plus strict TypeScript.
 *
 * `npm run lint` tolerates no warning. The published JavaScript is linted once more, as n8n's own scan
 * does it, by scripts/lint-package.mjs.
 */
import js from '@eslint/js';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const PACKAGE_CODE = ['nodes/**/*.ts', 'credentials/**/*.ts'];
const TYPESCRIPT = ['{nodes,credentials,scripts,test}/**/*.ts'];
const COMMUNITY = '@n8n/community-nodes';

/** Every rule the plugin has, also those its recommended set leaves out or only warns about. */
export const communityRules = Object.fromEntries(
	Object.keys(n8nCommunityNodesPlugin.rules).map((rule) => [`${COMMUNITY}/${rule}`, 'error']),
);

/**
 * What every supported n8n provides at run time; a development dependency would pass n8n's own rule and then be missing
 * there. n8n's rule allows p-limit too, but n8n brings it only from about 2.20 on.
 */
export const PROVIDED_BY_N8N = [
	'n8n-workflow',
	'zod',
	'lodash',
	'luxon',
	'moment',
	'crypto',
	'node:crypto',
];

/**
 * Rules that cannot hold together with others here. Each is one of two that contradict each other; the one
 * written for community packages or for present n8n versions stays. n8n's own lint makes the same choice.
 */
export const contradicted = {
	// Wants ['main']; @n8n/community-nodes/node-connection-type-literal wants [NodeConnectionTypes.Main].
	'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
	'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
	// "Only applicable to nodes in the main repository"; cred-class-field-documentation-url-not-http-url wants a URL.
	'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
};

/** The rooms of `nodes/`, lowest first: each may use those before it. The two nodes do not know each other. */
const STOREYS = [
	'./nodes/shared/core',
	'./nodes/shared/providers',
	'./nodes/shared/tasks',
	'./nodes/shared/credential',
	'./nodes/shared/n8n',
];
const NODES = ['./nodes/Kling', './nodes/KlingTrigger'];
const DIALECTS = ['aceData', 'legacy'].map((name) => `./nodes/shared/providers/${name}`);

const NEWER_STANDARD = './nodes/shared/providers/newStandard';

/** Which room may not import from which. */
const zones = [
	...STOREYS.map((target, floor) => ({ target, from: [...STOREYS.slice(floor + 1), ...NODES] })),
	...NODES.map((target) => ({ target, from: NODES.filter((node) => node !== target) })),
	...DIALECTS.map((target) => ({ target, from: DIALECTS.filter((other) => other !== target) })),
	// Official Kling speaks the newer standard beside the legacy one, and puts it together.
	{ target: NEWER_STANDARD, from: DIALECTS },
	{ target: './nodes/shared/providers/aceData', from: NEWER_STANDARD },
	// Only the topmost storey of what is shared knows n8n.
	{ target: STOREYS.slice(0, -1), from: './node_modules/n8n-workflow' },
	// Parameters are read before anything runs, and a run that was suspended is resumed without an operation.
	{ target: './nodes/Kling/parameters', from: ['./nodes/Kling/run', './nodes/Kling/suspend'] },
	{
		target: ['./nodes/KlingTrigger/request', './nodes/KlingTrigger/dedupe'],
		from: ['./nodes/KlingTrigger/receive.ts', './nodes/KlingTrigger/deliver.ts'],
	},
];

export default tseslint.config(
	{
		ignores: [
			'**/node_modules/',
			'dist/',
			'output/',
			'coverage/',
			'.cache/',
			'.n8n-local/',
			'package-lock.json',
		],
	},
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },

	// TypeScript everywhere
	{
		files: TYPESCRIPT,
		extends: [
			js.configs.recommended,
			tseslint.configs.strictTypeChecked,
			importX.flatConfigs.recommended,
			importX.flatConfigs.typescript,
		],
		languageOptions: {
			parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
		},
		settings: {
			'import-x/resolver-next': [
				createNodeResolver({ extensions: ['.ts', '.js', '.json', '.node'] }),
			],
		},
		rules: {
			// The compiler answers these, from the types, and faster.
			'import-x/no-unresolved': 'off',
			'import-x/named': 'off',
			'import-x/namespace': 'off',
			'import-x/default': 'off',
			'import-x/no-named-as-default-member': 'off',
			'import-x/no-cycle': 'error',
			'import-x/no-self-import': 'error',
			'import-x/no-duplicates': 'error',
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
			],
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true },
			],
			// n8n's interfaces are full of members that nothing is said about but "may be async".
			'@typescript-eslint/require-await': 'off',
			eqeqeq: ['error', 'always'],
			'no-console': 'error',
		},
	},

	// What is published
	{
		files: [...PACKAGE_CODE, 'index.js'],
		plugins: { [COMMUNITY]: n8nCommunityNodesPlugin },
		rules: { ...communityRules, 'no-console': 'error' },
	},
	{
		files: PACKAGE_CODE,
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							regex: `^(?!\\.{1,2}/|(${PROVIDED_BY_N8N.join('|')})(/|$))`,
							message: 'n8n does not provide it at run time, and the package has no dependencies.',
						},
					],
				},
			],
		},
	},
	{
		// Dependencies point one way, and what speaks a dialect knows nothing of n8n.
		files: PACKAGE_CODE,
		rules: {
			'import-x/no-restricted-paths': [
				'error',
				{
					basePath: import.meta.dirname,
					zones,
				},
			],
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: { ...n8nNodesBase.configs.nodes.rules, ...only('node', contradicted) },
	},
	{
		files: ['credentials/**/*.ts'],
		rules: { ...n8nNodesBase.configs.credentials.rules, ...only('cred', contradicted) },
	},
	{
		files: ['package.json'],
		plugins: { [COMMUNITY]: n8nCommunityNodesPlugin, 'n8n-nodes-base': n8nNodesBase },
		// The rules read package.json as a JavaScript object literal, which this parser makes of it.
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
		rules: { ...communityRules, ...n8nNodesBase.configs.community.rules },
	},

	// Tests
	{
		files: ['{scripts,test}/**/*.ts'],
		languageOptions: { globals: { ...globals.node, ...globals.jest } },
		rules: {
			// Tests look into answers of which they just said what is in them.
			'@typescript-eslint/no-base-to-string': 'off',
			'@typescript-eslint/no-non-null-assertion': 'off',
			'@typescript-eslint/unbound-method': 'off',
			'no-console': 'off',
		},
	},

	// Scripts and configuration
	{
		files: ['**/*.{js,mjs,cjs}'],
		extends: [js.configs.recommended],
		languageOptions: { globals: globals.node },
		rules: { eqeqeq: ['error', 'always'] },
	},
	{ files: ['**/*.{js,cjs}'], languageOptions: { sourceType: 'commonjs' } },
);

function only(prefix, rules) {
	return Object.fromEntries(
		Object.entries(rules).filter(([rule]) => rule.startsWith(`n8n-nodes-base/${prefix}-`)),
	);
}
