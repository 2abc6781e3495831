/** A call that is answered at once, once it is known to be valid. */
export interface PaidCall {
	/** What it costs; 0: nothing. */
	units: number;
	/** What may be refused for its content. */
	text: string;
	act(): CallAnswer;
}

export interface CallAnswer {
	/** What the ledger knows the call by. */
	id: string;
	data: Record<string, unknown>;
}
