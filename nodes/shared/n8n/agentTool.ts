import type { IExecuteFunctions } from 'n8n-workflow';

import type { NodeContext } from './transport';

/**
 * Whether an AI agent runs the node. n8n gives an agent a copy of it, whose type ends in `Tool`: the model gets the json of
 * what it returns, and no file.
 */
export function isAgentTool(context: NodeContext): boolean {
	return context.getNode().type.endsWith('Tool');
}

/**
 * Whether a failure becomes an item instead of stopping the node. For an agent it always does: what a tool throws does not
 * reach the model.
 */
export function continuesOnFail(context: IExecuteFunctions): boolean {
	return context.continueOnFail() || isAgentTool(context);
}
