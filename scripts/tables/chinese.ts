/** The Chinese words of the tables. What is missing here stops `npm run docs` with the word that needs a translation. */

/** Looks a word up. Throws where there is no translation. */
export function translated<T>(words: Readonly<Record<string, T>>, word: string): T {
	const found = Object.hasOwn(words, word) ? words[word] : undefined;
	if (found === undefined) {
		throw new Error(`There is no Chinese for "${word}": add it to scripts/tables/chinese.ts`);
	}
	return found;
}

/** The resources of the editor, by their values. */
export const RESOURCES_ZH: Readonly<Record<string, string>> = {
	video: '视频',
	image: '图像',
	audio: '音频',
	element: '主体',
	voice: '音色',
	file: '文件',
	task: '任务',
	account: '账户',
};

/** What the operations are called at Kling in China, by the two values that choose them in the editor. */
export const OPERATIONS_ZH: Readonly<Record<string, string>> = {
	'video/text2video': '文生视频',
	'video/image2video': '图生视频（首帧、尾帧、首尾帧）',
	'video/multi-image2video': '多图参考生视频',
	'video/omni-video': 'Omni 多模态参考生视频、视频编辑',
	'video/motion-control': '动作控制',
	'video/video-extend': '视频延长',
	'video/effects': '视频特效（单图、双图）',
	'video/goods-studio': '商品视频（Goods Studio）',
	'video/video-to-audio': '视频生音效',
	'image/image-generation': '图像生成（文生图、图生图）',
	'image/omni-image': 'Omni 图像（多图参考、组图）',
	'image/multi-image2image': '多图参考生图',
	'image/expand': '扩图',
	'image/ai-multi-shot': '智能补全主体多视图',
	'image/recognizeParts': '图像元素识别',
	'image/virtual-try-on': '虚拟试穿',
	'video/lip-sync': '对口型',
	'video/avatar': '数字人（图片开口说话）',
	'video/findFaces': '人脸识别',
	'video/talking-agent': '带货口播（数字人讲解）',
	'video/clothing-dupe': '服装视频复刻',
	'video/drama-subtitle': '短剧字幕翻译',
	'audio/speech': '语音合成',
	'audio/text-to-audio': '文生音效',
	'element/createFromImages': '用图片创建主体',
	'element/createFromVideo': '用视频创建主体',
	'element/get': '查询主体',
	'element/getMany': '查询主体列表（自定义、官方）',
	'element/delete': '删除自定义主体',
	'voice/create': '创建自定义音色',
	'voice/get': '查询音色',
	'voice/getMany': '查询音色列表（自定义、官方）',
	'voice/delete': '删除自定义音色',
	'file/upload': '上传文件，获得网址',
	'task/get': '查询任务，取回结果',
	'task/getMany': '查询任务列表',
	'account/balance': '查询余额',
	'account/usage': '查询扣费明细',
	'account/resourcePacks': '查询资源包余量',
};

/** The columns of services, by their English titles. */
export const SERVICES_ZH: Readonly<Record<string, string>> = {
	'Kling Official': '可灵官方',
	'Ace Data Cloud': 'Ace Data Cloud',
	'OpenAI-HK': 'OpenAI-HK',
	'Other relay': '其他中转站',
};

interface CodeZh {
	what: string;
	advice: string;
}

const CHECK_KEY =
	'检查凭证里的密钥，以及 Service、Base URL 是否与账户一致：国际版与国内版账户互不相通，每个地址只认自己的密钥';
const TRY_LATER = '问题在服务端，稍后再试';
const SEE_BELOW = '看错误详情里服务返回的原话';
const CHANGE_CONTENT = '修改提示词或图片';
const RECHARGE = '在服务商的控制台充值后重新运行';
const OTHER_MODEL = '换一个模型，或请中转站为你的密钥开通该模型';
const WAIT = '稍等片刻再运行';

const zh = (what: string, advice: string): CodeZh => ({ what, advice });

/** By the codes of the services. */
export const CODES_ZH: Readonly<Record<string, CodeZh>> = {
	1000: zh('密钥未被接受', CHECK_KEY),
	1001: zh('请求里没有密钥', CHECK_KEY),
	1002: zh('密钥无效', CHECK_KEY),
	1003: zh('令牌尚未生效', 'n8n 所在机器的时钟偏快，用 NTP 校时'),
	1004: zh('令牌已过期', 'n8n 所在机器的时钟偏慢，用 NTP 校时'),
	1100: zh('账户异常', '到服务商的控制台查看账户状态'),
	1101: zh('账户欠费', '在服务商的控制台结清欠费后重新运行'),
	1102: zh(
		'余额不足，或资源包已用完、已过期',
		'在 API 控制台购买资源包。会员灵感值不能用于 API，视频与图像的资源包也不通用',
	),
	1103: zh('账户没有该模型或功能的权限', '换一个模型，或请服务商开通'),
	1200: zh('请求参数有误', SEE_BELOW),
	1201: zh('参数的值有误', SEE_BELOW),
	1202: zh('没有这个接口', '检查凭证里的 Service、Base URL 和 Path Prefix'),
	1203: zh('请求的资源不存在，例如模型', '检查模型名称，以及凭证里的 Service 和 Base URL'),
	1300: zh('触发平台策略', CHANGE_CONTENT),
	1301: zh('提示词或图片未通过内容审核', `${CHANGE_CONTENT}。没有扣费`),
	1302: zh('请求过于频繁', WAIT),
	1303: zh(
		'并发任务数已达上限',
		'等运行中的任务结束，调低 Max Tasks in Parallel，或购买并发更高的资源包',
	),
	1304: zh('n8n 的 IP 不在白名单中', '在服务商的控制台把 n8n 机器的 IP 加入白名单'),
	5000: zh('服务内部错误', TRY_LATER),
	5001: zh('服务维护中', TRY_LATER),
	5002: zh('服务内部超时', TRY_LATER),
	invalid_token: zh('不认识这个密钥', CHECK_KEY),
	token_expired: zh('密钥已过期', CHECK_KEY),
	token_mismatched: zh('密钥不适用于该服务', CHECK_KEY),
	authorization_missing: zh('请求里没有密钥', CHECK_KEY),
	no_token: zh('请求里没有密钥', CHECK_KEY),
	disabled: zh('密钥已被停用', CHECK_KEY),
	used_up: zh('余额已用完', RECHARGE),
	insufficient_user_quota: zh('余额已用完', RECHARGE),
	insufficient_quota: zh('余额已用完', RECHARGE),
	pre_consume_token_quota_failed: zh('余额已用完', RECHARGE),
	model_not_found: zh('该模型没有可用渠道', OTHER_MODEL),
	get_channel_failed: zh('该模型的其余渠道也不可用', OTHER_MODEL),
	api_not_implemented: zh('该服务不支持此操作', '换一个操作，或在凭证里换一个服务'),
	no_api: zh('没有这个接口', '检查凭证里的 Service 和 Base URL'),
	bad_request: zh('请求参数有误', SEE_BELOW),
	too_many_requests: zh('请求过于频繁', WAIT),
	rate_limit_exceeded: zh('请求过于频繁', WAIT),
	api_error: zh('服务内部错误', TRY_LATER),
};
