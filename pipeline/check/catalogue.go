package check

// Catalogue lists every check in the order they are asked. Of two that refuse
// one cell, the earlier one speaks.
var Catalogue = []*Check{
	// The file as a whole.
	programFailed,
	unreadable,
	notAForm,
	severalForms,
	tokenMissing,
	tokenAltered,
	unknownSender,
	wrongUnit,
	wrongMonth,
	emptyForm,
	fillerMissing,
	notReported,
	expectedMonthPassed,
	rowWithoutID,
	personalData,
	outsideTable,
	headGuessed,
	hiddenFigure,
	// Whose row it is.
	unknownIndicator,
	idAltered,
	unknownUnit,
	foreignRow,
	duplicateRow,
	identifiedByName,
	nameAltered,
	targetAltered,
	measureAltered,
	// What the cells hold.
	errorValue,
	formulaWithoutValue,
	formulaExternal,
	mergedFigure,
	mergedAway,
	notANumber,
	notADate,
	approximateNumber,
	scaledNumber,
	unknownStateWord,
	unknownProgressWord,
	// What the unit says of the row.
	zeroReportWithFigures,
	absentWithFigures,
	withdrawn,
	earlyFigures,
	notYetOutWithoutMonth,
	dueThisMonth,
	requiredCellEmpty,
	addedEmpty,
	// What may have been meant instead; before the checks that refuse, so that
	// the proposal is heard beside the refusal.
	unitSlip,
	percentSlip,
	digitSlip,
	// Whether the values can be.
	negative,
	fractionOfWhole,
	divideByZero,
	percentageOutOfRange,
	totalFell,
	totalMismatch,
	// Whether the dates can be.
	milestoneDatesImpossible,
	completedWithoutDate,
	dateWithoutCompletion,
	plannedAfterDue,
	// Whether it is likely.
	completeButFalling,
	jumpAgainstHistory,
	overTargetFar,
	holdBroken,
	// Whether it agrees with what else is said.
	conflictingValues,
	linkedFiguresDiffer,
	partExceedsWhole,
	unitsDiffer,
	narrativeContradicts,
}
