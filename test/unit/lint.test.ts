/**
 * A lint that finds nothing proves nothing. Here it gets files that break the rules, under the names of our
 * own, and has to say so.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const root = join(__dirname, '../..');

interface Message {
	ruleId: string | null;
	severity: number;
	message: string;
}

/** The ids of those of `rules` that do not object to `code` if it stood in `file`. */
async function silent(file: string, code: string, rules: string[]): Promise<string[]> {
	const eslint = spawn(
		process.execPath,
		['node_modules/eslint/bin/eslint.js', '--stdin', '--stdin-filename', file, '--format', 'json'],
		{
			cwd: root,
			env: {
				...process.env,
				// Run once, typescript-eslint would read the file from the disk instead.
				TSESTREE_SINGLE_RUN: 'false',
				// Under jest's NODE_ENV=test n8n's plugin believes it is being tested itself.
				NODE_ENV: 'production',
			},
		},
	);
	eslint.stdin.end(code);
	const [stdout, stderr] = await Promise.all([text(eslint.stdout), text(eslint.stderr)]);
	if (!stdout.startsWith('[')) throw new Error(`eslint did not run: ${stderr}`);
	const [result] = JSON.parse(stdout) as Array<{ messages: Message[] }>;
	const messages = result?.messages ?? [];
	const broken = messages.find(({ ruleId }) => ruleId === null);
	if (broken) throw new Error(broken.message);
	expect(messages.every(({ severity }) => severity === 2)).toBe(true);
	return rules.filter((rule) => !messages.some(({ ruleId }) => ruleId === rule));
}

const badNode = `
import axios from 'axios';
import { ESLint } from 'eslint';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

export class Kling implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kling',
		name: 'kling',
		group: ['transform'],
		version: 1,
		description: 'Make videos',
		defaults: { name: 'Kling' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [
			{
				displayName: 'resource ',
				name: 'resource',
				type: 'options',
				options: [{ name: 'Videos 🎬', value: 'video' }],
				default: 'image',
			},
			{
				displayName: 'Simplify',
				name: 'simple',
				type: 'boolean',
				default: false,
				description: 'Makes it short',
			},
			{ displayName: 'Wait', name: 'wait', type: 'boolean', default: true, description: 'Waits' },
			{ displayName: 'Limit', name: 'limit', type: 'number', default: 10 },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const credentials: any = await this.getCredentials('klingApi');
		const out: INodeExecutionData[] = [];
		try {
			const answer = await this.helpers.httpRequest({ url: credentials.baseUrl });
			out.push({ json: { answer } });
			this.helpers.httpRequest({ url: 'https://example.com' });
		} catch (error) {
			console.log(error);
			throw error;
		}
		setTimeout(() => undefined, 10);
		eval('1');
		if (out.length == 1) throw new Error(process.env.HOME);
		void axios;
		void ESLint;
		return [out];
	}
}
`;

const badCredential = `
import type { ICredentialType, INodeProperties } from 'n8n-workflow';

export class KlingApi implements ICredentialType {
	name = 'Kling';
	displayName = 'Kling';
	documentationUrl = 'kling';
	properties: INodeProperties[] = [
		{ displayName: 'Secret Key', name: 'secretKey', type: 'string', default: '' },
	];
}
`;

const badPackage = JSON.stringify({
	name: 'my-nodes',
	version: '1',
	description: '',
	license: 'GPL-3.0',
	author: '',
	keywords: [],
	scripts: { postinstall: 'echo' },
	dependencies: { axios: '1.0.0' },
	peerDependencies: { 'n8n-workflow': '^1.0.0' },
	overrides: { axios: '1.0.0' },
	n8n: { nodes: ['src/Kling.node.ts'] },
});

describe('npm run lint', () => {
	it.concurrent(
		'objects to a bad node',
		async () => {
			const quiet = await silent('nodes/Kling/Kling.node.ts', badNode, [
				'@n8n/community-nodes/missing-paired-item',
				'@n8n/community-nodes/no-dangerous-functions',
				'@n8n/community-nodes/no-emoji-in-options',
				'@n8n/community-nodes/no-http-request-with-manual-auth',
				'@n8n/community-nodes/no-restricted-globals',
				'@n8n/community-nodes/no-restricted-imports',
				'@n8n/community-nodes/node-class-description-icon-missing',
				'@n8n/community-nodes/node-connection-type-literal',
				'@n8n/community-nodes/node-usable-as-tool',
				'@n8n/community-nodes/require-node-api-error',
				'@n8n/community-nodes/require-node-description-fields',
				'@typescript-eslint/no-explicit-any',
				'@typescript-eslint/no-floating-promises',
				'@typescript-eslint/no-unsafe-assignment',
				'@typescript-eslint/no-unsafe-member-access',
				'eqeqeq',
				'n8n-nodes-base/node-param-default-wrong-for-limit',
				'n8n-nodes-base/node-param-default-wrong-for-simplify',
				'n8n-nodes-base/node-param-description-boolean-without-whether',
				'n8n-nodes-base/node-param-display-name-untrimmed',
				'n8n-nodes-base/node-param-resource-without-no-data-expression',
				'no-console',
				'no-restricted-imports',
			]);
			expect(quiet).toEqual([]);
		},
		240_000,
	);

	it.concurrent(
		'objects to a bad credential',
		async () => {
			const quiet = await silent('credentials/KlingApi.credentials.ts', badCredential, [
				'@n8n/community-nodes/cred-class-field-icon-missing',
				'@n8n/community-nodes/credential-documentation-url',
				'@n8n/community-nodes/credential-password-field',
				'n8n-nodes-base/cred-class-field-display-name-missing-api',
				'n8n-nodes-base/cred-class-field-documentation-url-not-http-url',
				'n8n-nodes-base/cred-class-field-name-unsuffixed',
			]);
			expect(quiet).toEqual([]);
		},
		240_000,
	);

	it.concurrent(
		'objects to a bad package.json',
		async () => {
			const quiet = await silent('package.json', badPackage, [
				'@n8n/community-nodes/n8n-object-validation',
				'@n8n/community-nodes/no-forbidden-lifecycle-scripts',
				'@n8n/community-nodes/no-overrides-field',
				'@n8n/community-nodes/no-runtime-dependencies',
				'@n8n/community-nodes/package-name-convention',
				'@n8n/community-nodes/require-files-array',
				'@n8n/community-nodes/require-homepage',
				'@n8n/community-nodes/require-version',
				'@n8n/community-nodes/valid-author',
				'@n8n/community-nodes/valid-description',
				'@n8n/community-nodes/valid-peer-dependencies',
				'n8n-nodes-base/community-package-json-keywords-without-official-tag',
				'n8n-nodes-base/community-package-json-license-not-default',
				'n8n-nodes-base/community-package-json-n8n-api-version-missing',
			]);
			expect(quiet).toEqual([]);
		},
		240_000,
	);

	it.concurrent(
		'keeps what speaks a dialect apart from n8n',
		async () => {
			const code = "import { sleep } from 'n8n-workflow';\nvoid sleep;\n";
			expect(
				await silent('nodes/shared/providers/schemas.ts', code, ['import-x/no-restricted-paths']),
			).toEqual([]);
		},
		240_000,
	);

	it.concurrent.each([
		['nodes/KlingTrigger/receive.ts', '../Kling/run/generate'],
		['nodes/Kling/run/query.ts', '../../KlingTrigger/deliver'],
		['nodes/shared/n8n/session.ts', '../../Kling/run/generate'],
		['nodes/shared/core/task.ts', '../providers/types'],
		['nodes/shared/providers/aceData/encode.ts', '../legacy/fields'],
		['nodes/Kling/parameters/basics.ts', '../run/generate'],
	])(
		'keeps %s from importing %s',
		async (file, other) => {
			const code = `import * as other from '${other}';\nvoid other;\n`;
			expect(await silent(file, code, ['import-x/no-restricted-paths'])).toEqual([]);
		},
		240_000,
	);
});
