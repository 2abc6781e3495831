/**
 * How relays have been seen to answer a create, each with the id of a task that was made and charged: words for "fine" of
 * their own, and ids under another name or in another place.
 */
type Shape = (id: string) => unknown;

const withCode =
	(code: unknown): Shape =>
	(id) => ({
		code,
		message: 'SUCCEED',
		data: { task_id: id, task_status: 'submitted' },
	});

const SHAPES = {
	codeSucceed: withCode('SUCCEED'),
	codeOk: withCode('OK'),
	codeEmpty: withCode(''),
	code20000: withCode(20000),
	code1: withCode(1),
	emptyError: (id) => ({ id, object: 'video', status: 'queued', error: { code: '', message: '' } }),
	camelCase: (id) => ({ code: 200, msg: 'ok', data: { taskId: id } }),
	bareData: (id) => ({ code: 'success', data: id }),
	list: (id) => ({ code: 0, message: 'SUCCEED', data: [{ task_id: id }] }),
	nested: (id) => ({ code: 0, message: 'SUCCEED', data: { task: { id } } }),
	bareResult: (id) => ({ code: 1, description: '提交成功', result: id }),
	topId: (id) => ({ id, status: 'submitted' }),
	besideRequest: (id) => ({ id: 'req-20261128', result: { task_id: id } }),
} satisfies Record<string, Shape>;

export type CreateAnswer = 'official' | keyof typeof SHAPES;

export const CREATE_ANSWERS = Object.keys(SHAPES) as Array<keyof typeof SHAPES>;

/** The body of an answer in that form; the official one as it is. */
export function answerAs(form: CreateAnswer, id: string, official: unknown): unknown {
	return form === 'official' ? official : SHAPES[form](id);
}
