/** What the contents of a video that sells a product say of it, in the words and the order of Kling's pages. */
export function productContents(product: {
	images: readonly string[];
	title: string;
	price?: string;
	audience?: readonly string[];
	sellingPoints?: readonly string[];
}): object[] {
	const texts = (type: string, values: readonly string[] = []) =>
		values.map((text) => ({ type, text }));
	return [
		...product.images.map((url) => ({ type: 'ref_image', url })),
		...texts('goods_title', [product.title]),
		...texts('goods_price', product.price === undefined ? [] : [product.price]),
		...texts('goods_target_audience', product.audience),
		...texts('goods_selling_point', product.sellingPoints),
	];
}
