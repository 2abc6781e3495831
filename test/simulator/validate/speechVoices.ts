export type SpeechLanguage = 'zh' | 'en';

const BOTH = [
	'genshin_vindi2',
	'zhinen_xuesheng',
	'ai_shatang',
	'genshin_klee2',
	'genshin_kirara',
	'ai_kaiya',
	'ai_chenjiahao_712',
	'chat1_female_new-3',
	'cartoon-boy-07',
	'cartoon-girl-01',
	'ai_huangyaoshi_712',
	'ai_laoguowang_712',
	'chengshu_jiejie',
	'you_pingjing',
	'laopopo_speech02',
	'heainainai_speech02',
];
const ENGLISH = [
	'girlfriend_4_speech02',
	'AOT',
	'oversea_male1',
	'chat_0407_5-1',
	'uk_boy1',
	'PeppaPig_platform',
	'ai_huangzhong_712',
	'calm_story1',
	'uk_man2',
	'reader_en_m-v1',
	'commercial_lady_en_f-v1',
];
const CHINESE = [
	'tiyuxi_xuedi',
	'tiexin_nanyou',
	'girlfriend_1_speech02',
	'girlfriend_2_speech02',
	'zhuxi_speech02',
	'uk_oldman3',
	'dongbeilaotie_speech02',
	'chongqingxiaohuo_speech02',
	'chuanmeizi_speech02',
	'chaoshandashu_speech02',
	'ai_taiwan_man2_speech02',
	'xianzhanggui_speech02',
	'tianjinjiejie_speech02',
	'diyinnansang_DB_CN_M_04-v2',
	'yizhipiannan-v1',
	'tianmeixuemei-v1',
	'daopianyansang-v1',
	'mengwa-v1',
];

const speaking = (ids: readonly string[], languages: readonly SpeechLanguage[]) =>
	ids.map((id) => [id, languages] as const);

/** The voices of speech and lip-sync, and what they speak; not those of voice_list. */
export const SPEECH_VOICES: ReadonlyMap<string, readonly SpeechLanguage[]> = new Map([
	...speaking(BOTH, ['zh', 'en']),
	...speaking(ENGLISH, ['en']),
	...speaking(CHINESE, ['zh']),
]);
