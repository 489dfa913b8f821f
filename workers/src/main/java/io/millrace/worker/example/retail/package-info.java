/**
 * An example on real data: the sales of FoodMart, brought day by day into a warehouse by five kinds
 * of steps.
 *
 * <p>A user of the worker library, so nothing of the library may need it, and it sees only what is
 * public there. Start at {@link io.millrace.worker.example.retail.RetailWorkers}; the workflow is
 * definitions/examples/retail-etl.json.
 */
@NullMarked
package io.millrace.worker.example.retail;

import org.jspecify.annotations.NullMarked;
