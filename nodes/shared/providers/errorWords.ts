import { meaningOfCode } from './errorCodes';
import type { CodeMeaning } from './errorCodes';
import type { Said } from './said';

/** What relays say in words only, whatever code and status come with it, and the code that means the same; the first that fits counts. */
const WORDS: ReadonlyArray<readonly [says: RegExp, code: number | string]> = [
	[/可用渠道.*[(（](retry|重试)|no available channel.*\bretry/i, 'get_channel_failed'],
	[
		/no (available channel|channel available)|(无|没有)可用的?渠道|可用渠道(不存在|失败)/i,
		'model_not_found',
	],
	[
		/insufficient[ _](user[ _]|account[ _])?(quota|balance|credits?|funds)|(balance|quota|credits?) (is |are )?(not enough|insufficient|exhausted|used up)|not enough (balance|quota|credits?)|exceeded your current quota|\bin arrears|(余额|额度|积分|点数|配额)[^，。,.]{0,6}(不足|不够|用尽|用完|耗尽)|欠费/i,
		'insufficient_quota',
	],
	[/no access to (the )?model|(无权|没有权限)(访问|使用)[^，。,.]{0,8}模型/i, 1103],
];

/** By a word for programs beside the code. What is no plain "no" is too general there: `"type": "api_error"` comes with anything. */
function meaningOfWord(word: string): CodeMeaning | undefined {
	const meaning = meaningOfCode(word);
	return meaning?.maybeCreated ? undefined : meaning;
}

/**
 * What a failed answer means by all that it says: by its words for programs, then by those for people. Undefined where they
 * say nothing that we know.
 */
export function meaningOfWords({ codes, words = '' }: Said): CodeMeaning | undefined {
	const code = WORDS.find(([says]) => says.test(words))?.[1];
	return codes.map(meaningOfWord).find((meaning) => meaning !== undefined) ?? meaningOfCode(code);
}
