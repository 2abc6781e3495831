import { readFileSync } from 'node:fs';
import { CREATE_ANSWERS } from '../../simulator/services/createAnswers';
import { RELAY_FORMS } from '../../simulator/services/relayForms';
import { readBinary } from '../lib';
import { example, exampleForMany } from '../textToVideoExample';
import { expectVideos, itemsOf } from '../videos';
import { runWorkflow, type Setting, type World } from '../world';

const fieldsOf = (json: Record<string, unknown>) => Object.keys(json).sort();

export function textToVideoSuite(world: () => World, titles: readonly string[]): void {
	const settingOf = (title: string): Setting =>
		world().settings.find((setting) => setting.title === title)!;

	describe('the text-to-video example, run by its webhook', () => {
		/** Field names of the simplified output, as the first service gave them. */
		let fields: string[] | undefined;

		describe.each(titles)('with %s', (title) => {
			it('ends with the very video that was made, charged once', async () => {
				const { simulator, rest } = world();
				const setting = settingOf(title);
				const [item, ...others] = itemsOf(
					await runWorkflow(world(), example(), setting, { prompt: 'A red kite' }),
				);
				expect(others).toEqual([]);

				const { taskId, status } = item!.json;
				expect(status).toBe('succeed');
				expect(simulator.ledger.charges).toMatchObject([{ service: setting.leadsTo, taskId }]);
				expect(item!.binary?.data).toMatchObject({ mimeType: 'video/mp4' });
				const bytes = await readBinary(rest, item!.binary!.data!);
				expect(bytes.equals(simulator.videoBytes(String(taskId)))).toBe(true);
				expect(item!.pairedItem).toEqual({ item: 0 });

				fields ??= fieldsOf(item!.json);
				expect(fieldsOf(item!.json)).toEqual(fields);
			});

			it("gives the service's own answer with Simplify off", async () => {
				const [item] = itemsOf(
					await runWorkflow(world(), example({ options: { simplify: false } }), settingOf(title)),
				);
				expect(JSON.stringify(item!.json)).toContain(world().simulator.ledger.charges[0]!.taskId);
				expect(fieldsOf(item!.json)).not.toEqual(fields);
				expect(item!.binary?.data).toBeDefined();
			});

			it('says so when the money is used up, and charges nothing', async () => {
				const { simulator } = world();
				const setting = settingOf(title);
				const empty = simulator.accounts
					.of(setting.leadsTo)
					.find(({ trouble }) => trouble === 1102)!;
				const data = {
					...setting.data,
					apiKey: empty.apiKey,
					accessKeyId: empty.accessKey ?? '',
					secretKey: empty.secretKey ?? '',
				};
				const execution = await runWorkflow(world(), example(), { ...setting, data });
				expect(execution.status).toBe('error');
				expect(`${execution.error?.message ?? ''} ${execution.error?.description ?? ''}`).toMatch(
					/balance|credit|money/i,
				);
				expect(simulator.ledger.charges).toEqual([]);
			});

			it('keeps the key out of the execution and of the log', async () => {
				const { rest, n8n } = world();
				const { data } = settingOf(title);
				const execution = await runWorkflow(world(), example(), settingOf(title));
				const stored = await (await rest.fetch('GET', `/rest/executions/${execution.id}`)).text();
				const log = readFileSync(n8n.logFile, 'utf8');
				for (const secret of [data.apiKey, data.accessKeyId, data.secretKey].filter(
					(text) => text !== undefined,
				)) {
					expect(stored).not.toContain(secret);
					expect(log).not.toContain(secret);
				}
			});
		});

		/** Each form of a record, with the next form of the answer to a create. */
		const FORMS = RELAY_FORMS.map((relayForm, index) => ({
			relayForm,
			relayCreateAnswer: CREATE_ANSWERS[index % CREATE_ANSWERS.length]!,
		}));

		it.each(FORMS)('understands a relay that answers otherwise: %j', async (forms) => {
			const { simulator } = world();
			Object.assign(simulator.settings, forms);
			const [item, ...others] = itemsOf(
				await runWorkflow(world(), example(), settingOf('a relay')),
			);
			expect(others).toEqual([]);
			expect(simulator.ledger.charges).toHaveLength(1);
			const bytes = await readBinary(world().rest, item!.binary!.data!);
			expect(bytes.equals(simulator.videoBytes(simulator.ledger.charges[0]!.taskId))).toBe(true);
		});

		it('makes one video per item, in order, each charged once', async () => {
			const { simulator, settings } = world();
			const prompts = ['A red kite', 'A blue boat', 'A green hat'];
			const items = itemsOf(
				await runWorkflow(world(), exampleForMany(), settings[0]!, { prompts }),
			);
			expect(simulator.ledger.charges).toHaveLength(prompts.length);
			await expectVideos(world(), items, prompts);
		});
	});
}
